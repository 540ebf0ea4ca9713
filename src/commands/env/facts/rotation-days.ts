import { existsSync } from 'node:fs'
import { assetPath } from '../../../system/assets.ts'

/** How often a provider wants its secrets replaced, from the provider's own file; its parser is loaded only when asked. */
export async function readRotationDays(providers: Iterable<string>): Promise<Map<string, number>> {
  const days = new Map<string, number>()
  const wanted = [...new Set(providers)].filter(id => /^[a-z0-9-]+$/.test(id) && existsSync(pathOf(id)))
  if (wanted.length === 0) return days
  const { readRulePath } = await import('../../rule-files.ts')
  for (const id of wanted) {
    const period = readRulePath(pathOf(id), `${id}.toml`)[0]?.file.response?.rotationDays
    if (period !== undefined) days.set(id, period)
  }
  return days
}

function pathOf(provider: string): string {
  return assetPath(`rules/providers/${provider}.toml`)
}
