import { UserError } from '../../errors.ts'
import { type MigrationState, stepId } from '../../migration/journal.ts'
import { evaluate } from '../../templates/evaluate.ts'
import { referencesOf } from '../../templates/template.ts'
import type { Vault } from '../../vaults/vault.ts'
import { resolveReferences } from '../resolve-references.ts'
import { parseTemplate } from '../template-file.ts'
import { cleanUp } from './clean-up.ts'
import type { MigrationFolder } from './migration-folder.ts'
import type { SealedPart, SealedPlan } from './sealed-plan.ts'
import { writeChange } from './text-file.ts'
import { verifyEntries, writeEntries } from './write-entries.ts'

export interface CarryOutWorld {
  root: string
  folder: MigrationFolder
  /** The migration's own vault. */
  vaultOf(stage: string): Promise<Vault>
  openVault(name: string, stage: string): Promise<Vault>
  now(): Date
  onProgress(progress: Progress): void
}

/** What has just been done, or is being done now. */
export type Progress =
  | { type: 'entry'; at: number; of: number; name: string }
  | { type: 'phase'; phase: 'verify' | 'files' | 'prove' | 'clean-up' }

/**
 * Does what is still to be done, step by step, each noted before and after. The plaintext goes last, when the values
 * have been read back and the template has given every variable as it was.
 */
export async function carryOut(state: MigrationState, plan: SealedPlan, world: CarryOutWorld): Promise<void> {
  const { folder, root, onProgress } = world
  await writeEntries(state, plan, world)
  if (!state.isVerified) {
    onProgress({ type: 'phase', phase: 'verify' })
    for (const part of plan.parts) await verifyEntries(part, await world.vaultOf(part.stage))
    folder.record({ type: 'verified' })
  }
  onProgress({ type: 'phase', phase: 'files' })
  for (const change of [...plan.parts.map(({ template }) => template), ...plan.others]) {
    if (state.files.includes(change.path)) continue
    writeChange(root, change)
    folder.record({ type: 'wrote-file', path: change.path })
  }
  if (!state.isProved) {
    onProgress({ type: 'phase', phase: 'prove' })
    for (const part of plan.parts) await prove(part, world)
    folder.record({ type: 'proved' })
  }
  onProgress({ type: 'phase', phase: 'clean-up' })
  for (const step of plan.cleanup) {
    if (state.cleaned.has(stepId(step))) continue
    await cleanUp(step, plan, root)
    folder.record({ type: 'cleaned', ...step })
  }
  folder.record({ type: 'finished', at: world.now().toISOString() })
}

/** What `stanch run` will give, against what the file gave. */
async function prove(
  { stage, template, variables }: SealedPart,
  { openVault, vaultOf }: CarryOutWorld,
): Promise<void> {
  const { store } = await vaultOf(stage)
  const { assignments, problems } = parseTemplate(Buffer.from(template.after), name => name === store)
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
