import type { Settings } from '../../settings/settings-schema.ts'
import { type StoreType, storeTypes } from '../../vaults/index.ts'

/**
 * `VAULT[:STAGE]`. What stands behind the last colon is the stage, unless only the kind of store stands before it and
 * takes something else there: `gcp:project`, but `gcp:project:production`.
 */
export function readPlace(text: string, settings: Settings | undefined): { vault: string; stage?: string } {
  const colon = text.lastIndexOf(':')
  const [head, tail] = [text.slice(0, colon), text.slice(colon + 1)]
  if (colon < 0 || tail === '' || tail.includes('/')) return { vault: text }
  const isKnownStage = settings?.stages.names?.includes(tail) ?? false
  const isConfigured = Object.hasOwn(settings?.vaults ?? {}, head)
  return isKnownStage || isConfigured || head.includes(':') || takesNamespace(head)
    ? { vault: head, stage: tail }
    : { vault: text }
}

function takesNamespace(kind: string): boolean {
  const types: Readonly<Record<string, StoreType>> = storeTypes
  const argument = Object.hasOwn(types, kind) ? types[kind]?.argument : undefined
  return argument !== undefined && Object.keys(argument('x')).join() === 'namespace'
}
