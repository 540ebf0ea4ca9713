import type { Values } from '../templates/evaluate.ts'
import type { Reference } from '../templates/parse-value.ts'
import { identify } from '../templates/template.ts'
import { SecretError } from '../vaults/secret-error.ts'
import type { Vault } from '../vaults/vault.ts'

/**
 * The values of references, each vault asked once for all of its entries. One whose entry is not there has no value.
 * @throws SecretError for any other trouble
 */
export async function resolveReferences(
  references: readonly Reference[],
  open: (vault: string) => Promise<Vault>,
): Promise<Values> {
  const distinct = [...new Map(references.map(reference => [identify(reference), reference])).values()]
  const vaults = [...new Set(distinct.map(({ vault }) => vault))]
  const found = await Promise.all(
    vaults.map(async name => {
      const asked = distinct.filter(({ vault }) => vault === name)
      const outcomes = await (await open(name)).getMany(
        asked.map(({ path, version }) => ({ name: path, version })),
      )
      return outcomes.flatMap((outcome, index) => {
        const reference = asked[index]
        if (!(outcome instanceof SecretError))
          return reference ? [[identify(reference), outcome] as const] : []
        if (outcome.kind === 'not-found') return []
        throw outcome
      })
    }),
  )
  return new Map(found.flat())
}
