import type { NamedMatch } from '../../src/findings/name-matches.ts'
import { Secret } from '../../src/model.ts'
import type { CompiledRule, Program } from '../../src/program.ts'

const base: CompiledRule = {
  id: 'shop-key',
  provider: 'shop',
  description: 'Shop key',
  severity: 'high',
  confidence: 0.9,
  specificity: 100,
  fixedPrefix: true,
  hidden: false,
  required: [],
  allowlists: [],
}

const shape = { lead: [], startsWord: false, startsLine: false, members: 0, least: 0 }

/** Two rules: 0 is `shop-key`, 1 is `generic-password`. */
export const twoRules: Program = {
  version: 1,
  hash: 'h',
  literals: [],
  classes: [],
  rules: [
    { ...base, matcher: { kind: 'regex', source: '', shape, anchors: [], gate: [] } },
    { ...base, id: 'generic-password', provider: 'generic' },
  ],
}

/** A match in a file, as the scan hands it to what suppresses. */
export function namedMatch(path: string, more: Partial<NamedMatch> = {}): NamedMatch {
  const span = { line: 3, column: 5, endLine: 3, endColumn: 9 }
  return {
    rule: 0,
    start: 0,
    end: 4,
    span,
    secret: new Secret(['q8Zt5vQ1', 'hXw7PbJ3mN9rK2sL'].join('')),
    confidence: 0.9,
    decoded: [],
    path,
    state: 'new',
    place: { kind: 'file', path, tracked: true, ...span },
    fingerprint: `st1:${'0'.repeat(20)}`,
    ...more,
  }
}
