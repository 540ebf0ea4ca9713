import type { EnvFile, KeyFact, ProjectFacts } from '../../src/hygiene/facts.ts'
import { isCopyName, isTemplateName, stageOf } from '../../src/hygiene/file-names.ts'
import { baseOf } from '../../src/hygiene/problem.ts'
import type { Classification } from '../../src/model.ts'

export const DAY = 24 * 60 * 60 * 1000
export const NOW = Date.parse('2027-01-31T12:00:00Z')

export const secret: Classification = { class: 'secret', reason: 'named like a secret', confidence: 0.8 }
export const weak: Classification = { class: 'secret', reason: 'a mere word', confidence: 0.3 }
export const own: Classification = { ...secret, maker: 'project' }
export const typed: Classification = { ...secret, confidence: 0.4, maker: 'hand' }
export const config: Classification = { class: 'config', reason: 'a number', confidence: 0 }
const stripe = { ...secret, reason: 'rule stripe-key', rule: 'stripe-key', provider: 'stripe' }
export const live: Classification = { ...stripe, mode: 'live' }
export const testMode: Classification = { ...stripe, mode: 'test' }

/** `TOKEN` with a secret value of its own; the same `value` stands for the same value elsewhere. */
export function key(
  name: string,
  classification = secret,
  value = name,
  more: Partial<KeyFact> = {},
): KeyFact {
  return { name, line: 1, classification, digest: `digest of ${value}`, ...more }
}

/** An ignored, private env file with one secret, written today. */
export function file(path: string, more: Partial<EnvFile> = {}): EnvFile {
  const base = baseOf(path)
  return {
    path,
    kind: isTemplateName(base) ? 'template' : 'plain',
    stage: stageOf(path),
    keys: [key('TOKEN')],
    commented: [],
    mentioned: [],
    tracked: false,
    ignored: 'repository',
    modified: NOW,
    mode: 0o600,
    isReachable: true,
    hardLinks: 1,
    isCopy: isCopyName(base) && !isTemplateName(base),
    ...more,
  }
}

/** A repository on a developer's machine in which all is well. */
export function project(files: readonly EnvFile[], more: Partial<ProjectFacts> = {}): ProjectFacts {
  return {
    files,
    staged: [],
    neighbours: [],
    machine: 'developer',
    now: NOW,
    maxAgeDays: 365,
    isRepository: true,
    paths: new Set(files.map(({ path }) => path)),
    texts: new Map(),
    dockerValues: [],
    uses: new Map(),
    searched: true,
    loaders: ['src/main.ts'],
    served: [],
    sightings: [],
    history: [],
    home: [],
    ...more,
  }
}
