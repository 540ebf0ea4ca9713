import { join } from 'node:path'
import { toFindingJson } from '../../reporters/report-json.ts'
import type { Context } from '../context.ts'
import { searchAll } from '../incident/find-subject.ts'
import type { MigrationPlan } from './build-plan.ts'
import type { MigrateOptions } from './options.ts'
import { type FileChange, planTextFile } from './text-file.ts'

export interface RotationList {
  change: FileChange
  fingerprints: readonly string[]
}

/**
 * What git keeps of the secrets that are moved, as a report that `stanch incident start --finding` takes: all places in the
 * tree and the history, no value. Undefined where git never had the files.
 */
export async function planRotation(
  plans: readonly MigrationPlan[],
  root: string,
  options: MigrateOptions,
  context: Context,
): Promise<RotationList | undefined> {
  const isKept = plans.some(({ cleanup }) =>
    cleanup.some(({ what }) => what === 'history' || what === 'stash'),
  )
  const [first] = plans
  if (!isKept || !first) return undefined
  const values = new Set(
    plans.flatMap(({ decided }) => decided.flatMap(({ stored }) => (stored ? [stored.value] : []))),
  )
  const merged = new Map<string, ReturnType<typeof toFindingJson>>()
  for (const finding of await searchAll(root, options.config, context)) {
    if (finding.secret === undefined || !values.has(finding.secret.reveal())) continue
    const shown = toFindingJson(finding, { showSecrets: false })
    const known = merged.get(finding.fingerprint)
    merged.set(finding.fingerprint, known ? { ...known, places: [...known.places, ...shown.places] } : shown)
  }
  if (merged.size === 0) return undefined
  const report = { schema: 'stanch.report/1', findings: [...merged.values()] }
  const path = join('.stanch', 'migrations', first.id, 'rotation.json')
  return {
    change: planTextFile(root, path, `${JSON.stringify(report, null, 2)}\n`),
    fingerprints: [...merged.keys()],
  }
}
