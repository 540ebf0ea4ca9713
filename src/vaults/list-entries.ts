import { SecretError } from './secret-error.ts'
import type { EntryInfo, PageOptions, StoredSecret, Vault } from './vault.ts'

/** All entries of a vault, page after page, as they are asked for. */
export async function* listEntries(
  vault: Pick<Vault, 'page'>,
  options: Omit<PageOptions, 'cursor'> = {},
): AsyncGenerator<EntryInfo> {
  let cursor: string | undefined
  do {
    const page = await vault.page({ ...options, cursor })
    yield* page.entries
    cursor = page.cursor
  } while (cursor !== undefined)
}

/** The same as an array, sorted by name. */
export async function allEntries(
  vault: Pick<Vault, 'page'>,
  options: Omit<PageOptions, 'cursor'> = {},
): Promise<EntryInfo[]> {
  const entries: EntryInfo[] = []
  for await (const entry of listEntries(vault, options)) entries.push(entry)
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * All values, sorted by name, in as few requests as the store allows. Entries that vanish meanwhile are left out.
 * @throws SecretError where one cannot be read
 */
export async function allSecrets(
  vault: Vault,
  options: Omit<PageOptions, 'cursor'> = {},
): Promise<StoredSecret[]> {
  const secrets: StoredSecret[] = []
  if (vault.valuePage) {
    let cursor: string | undefined
    do {
      const page = await vault.valuePage({ ...options, cursor })
      secrets.push(...page.secrets)
      cursor = page.cursor
    } while (cursor !== undefined)
    return secrets.sort((a, b) => (a.name < b.name ? -1 : 1))
  }
  for (const outcome of await vault.getMany(
    (await allEntries(vault, options)).map(({ name }) => ({ name })),
    options,
  )) {
    if (!(outcome instanceof SecretError)) secrets.push(outcome)
    else if (outcome.kind !== 'not-found') throw outcome
  }
  return secrets
}
