import { type Finding, type Place, type Report, Secret } from '../../src/model.ts'

/** The value of every sample finding. */
export const sampleValue = ['q8Zt5vQ1hXw7', 'PbJ3mN9rK2sLdY4uAf6e'].join('')

const span = { line: 3, column: 14, endLine: 3, endColumn: 46 }
const hash = 'ab'.repeat(20)
const digest = `sha256:${'cd'.repeat(32)}`

/** A place of each kind, with what is hard on terminals, spreadsheets and markup. */
export const hostilePlaces: Place[] = [
  { kind: 'file', path: '=cmd|"/c calc"!A1,\n.ts', tracked: true, ...span },
  { kind: 'file', path: '::error file=x::y%\u001b[31m\u202e.ts', tracked: false, ...span, endLine: 5 },
  {
    kind: 'commit',
    commit: hash,
    path: '<script>alert(1)</script>|`x`.ts',
    author: '@everyone <a@b.invalid>',
    date: '2026-11-23T12:00:00.000Z',
    inHead: false,
    object: hash,
    ...span,
  },
  {
    kind: 'message',
    object: hash,
    objectType: 'tag',
    author: '+Ada',
    date: '2026-11-23T12:00:00.000Z',
    ...span,
  },
  { kind: 'object', object: hash, objectType: 'blob', reachable: false, ...span },
  {
    kind: 'layer',
    image: 'shop:1',
    layer: digest,
    diffId: digest,
    path: 'app/x',
    deletedLater: true,
    ...span,
  },
  { kind: 'image-config', image: 'shop:1', field: 'Env.TOKEN' },
]

export function sampleFinding(more: Partial<Finding> = {}): Finding {
  return {
    fingerprint: 'st1:0123456789abcdef0123',
    rule: 'shop-secret-key',
    provider: 'shop',
    description: 'Shop secret key',
    severity: 'critical',
    confidence: 0.976,
    secret: new Secret(sampleValue),
    state: 'new',
    decoded: [],
    places: [{ kind: 'file', path: 'src/a b.ts', tracked: true, ...span }],
    ...more,
  }
}

export function sampleReport(findings: Finding[], more: Partial<Report> = {}): Report {
  return {
    tool: { name: 'stanch', version: '0.1.0', rules: { count: 9, hash: 'abc' } },
    source: { kind: 'worktree', target: '.' },
    started: '2026-11-23T12:00:00.000Z',
    durationMs: 1234,
    coverage: {
      complete: false,
      items: 1234,
      bytes: 45_678_900,
      skipped: [{ reason: 'too-large', count: 2, bytes: 5e9, examples: ['big.bin', 'evil\u001b[31m'] }],
    },
    suppressions: { allowed: 3, baseline: 0, unused: [], expired: [] },
    findings,
    ...more,
  }
}
