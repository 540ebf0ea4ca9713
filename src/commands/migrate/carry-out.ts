import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../errors.ts'
import { runGit } from '../../git/run-git.ts'
import { entryId, type MigrationState } from '../../migration/journal.ts'
import { Secret } from '../../model.ts'
import { writeFileAtomically } from '../../system/write-file-atomically.ts'
import { evaluate } from '../../templates/evaluate.ts'
import { referencesOf } from '../../templates/template.ts'
import { SecretError } from '../../vaults/secret-error.ts'
import type { Vault } from '../../vaults/vault.ts'
import { resolveReferences } from '../resolve-references.ts'
import { parseTemplate } from '../template-file.ts'
import type { MigrationFolder } from './migration-folder.ts'
import type { SealedPart, SealedPlan } from './sealed-plan.ts'
import { writeChange } from './text-file.ts'

export interface CarryOutWorld {
  root: string
  folder: MigrationFolder
  /** The migration's own vault. */
  vaultOf(stage: string): Promise<Vault>
  openVault(name: string, stage: string): Promise<Vault>
  now(): Date
  tell(text: string): void
}

/**
 * Does what is still to be done, step by step, each noted before and after. The plaintext goes last, when the values
 * have been read back and the template has given every variable as it was.
 */
export async function carryOut(state: MigrationState, plan: SealedPlan, world: CarryOutWorld): Promise<void> {
  const { folder, root } = world
  await writeEntries(state, plan, world)
  if (!state.isVerified) {
    for (const part of plan.parts) await verify(part, await world.vaultOf(part.stage))
    folder.record({ type: 'verified' })
  }
  for (const change of [...plan.parts.map(({ template }) => template), ...plan.others]) {
    if (state.files.includes(change.path)) continue
    writeChange(root, change)
    folder.record({ type: 'wrote-file', path: change.path })
  }
  if (!state.isProved) {
    for (const part of plan.parts) await prove(part, world)
    folder.record({ type: 'proved' })
  }
  for (const part of plan.parts)
    for (const { path, how } of part.cleanup) {
      if (state.cleaned.get(path) === how) continue
      await cleanUp(path, how, part, world)
      folder.record({ type: 'cleaned', path, how })
    }
  folder.record({ type: 'finished', at: world.now().toISOString() })
}

async function writeEntries(
  state: MigrationState,
  { parts }: SealedPlan,
  { folder, vaultOf, tell }: CarryOutWorld,
): Promise<void> {
  const all = parts.flatMap(({ stage, writes }) => writes.map(write => ({ stage, ...write })))
  for (const [i, { stage, name, value, action, version }] of all.entries()) {
    if (state.written.has(entryId({ stage, name }))) continue
    const vault = await vaultOf(stage)
    const { put } = vault
    if (!put) throw new UserError(`${vault.store} cannot be written`, 'Choose another vault with --to.')
    folder.record({ type: 'writing', stage, name })
    const options =
      action === 'create' ? { ifAbsent: true } : version === undefined ? {} : { ifVersion: version }
    const entry = await putOnce(name, value, () => put(name, new Secret(value), options), vault)
    folder.record({ type: 'written', stage, name, version: entry })
    tell(`${i + 1}/${all.length} ${parts.length > 1 ? `${stage} ` : ''}${name}`)
  }
}

/** A write that was begun before a crash may have arrived: then its value is there. */
async function putOnce(
  name: string,
  value: string,
  put: () => Promise<{ version?: string }>,
  vault: Vault,
): Promise<string | undefined> {
  try {
    return (await put()).version
  } catch (error) {
    if (!(error instanceof SecretError) || (error.kind !== 'already-exists' && error.kind !== 'conflict'))
      throw error
    const there = await vault.get(name)
    if (there.reveal() !== value) throw error
    return there.version
  }
}

async function verify({ stored }: SealedPart, vault: Vault): Promise<void> {
  const outcomes = await vault.getMany(stored.map(({ name }) => ({ name })))
  const wrong = stored.filter(({ value }, i) => {
    const outcome = outcomes[i]
    return !outcome || outcome instanceof SecretError || outcome.reveal() !== value
  })
  if (wrong.length > 0)
    throw new UserError(
      `${vault.store} does not give back what was written: ${wrong.map(({ name }) => name).join(', ')}`,
      'The file is untouched. Run "stanch migrate --resume" to try again, or --undo to take it back.',
    )
}

/** What `stanch run` will give, against what the file gave. */
async function prove(
  { stage, template, variables }: SealedPart,
  { openVault }: CarryOutWorld,
): Promise<void> {
  const { assignments, problems } = parseTemplate(Buffer.from(template.after), () => true)
  const values = await resolveReferences(assignments.flatMap(referencesOf), name => openVault(name, stage))
  const given = new Map(
    assignments.map(assignment => [assignment.key, evaluate(assignment, values, 'fail').value?.reveal()]),
  )
  const wrong = variables.filter(([key, value]) => given.get(key) !== value).map(([key]) => key)
  const extra = [...given.keys()].filter(key => !variables.some(([known]) => known === key))
  if (wrong.length + extra.length + problems.length > 0)
    throw new UserError(
      `the template would not give the same environment: ${[...wrong, ...extra].join(', ') || problems[0]?.message}`,
      'The file is untouched. Run "stanch migrate --undo" to take the migration back, and report this.',
    )
}

async function cleanUp(
  path: string,
  how: 'removed' | 'reduced' | 'untracked',
  { left, file }: SealedPart,
  { root }: CarryOutWorld,
): Promise<void> {
  const absolute = join(root, path)
  if (how === 'untracked') {
    const { code, stderr } = await runGit(root, ['rm', '--cached', '--quiet', '--ignore-unmatch', '--', path])
    if (code !== 0) throw new UserError(`git cannot untrack "${path}": ${stderr.trim()}`, 'Do it by hand.')
    return
  }
  if (!existsSync(absolute)) return
  if (!readFileSync(absolute).equals(Buffer.from(file.base64, 'base64')))
    throw new UserError(
      `"${path}" has changed since it was read`,
      'Run "stanch migrate --undo --keep-entries", then migrate it again.',
    )
  if (how === 'removed') rmSync(absolute)
  else writeFileAtomically(absolute, left ?? '', file.mode)
}
