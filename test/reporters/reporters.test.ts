import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import type { Finding, Report } from '../../src/model.ts'
import { reporters } from '../../src/reporters/index.ts'
import { hostilePlaces, sampleFinding, sampleReport, sampleValue } from '../support/sample-report.ts'

const value = sampleValue
const finding = sampleFinding
const report = (findings: Finding[]): Report => sampleReport(findings, { durationMs: 123 })

const plain = { showSecrets: false, color: false }
const manyPlaces = finding({
  severity: 'medium',
  decoded: ['base64'],
  places: ['a', 'b', 'c', 'd', 'e'].map(name => ({
    kind: 'file',
    path: `${name}\u202e.ts`,
    tracked: false,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 9,
  })),
})

test('people read what was found, where, how sure, and what to do next', () => {
  expect(
    reporters.human(report([finding(), manyPlaces]), plain),
  ).toBe(`critical  Shop secret key  shop-secret-key
  src/a b.ts:3:14
  q8Zt…(32)…Af6e  98 % sure  st1:0123456789abcdef0123

medium    Shop secret key  shop-secret-key
  a\\u{202e}.ts:1:1
  b\\u{202e}.ts:1:1
  c\\u{202e}.ts:1:1
  and 2 more places
  q8Zt…(32)…Af6e  98 % sure, inside base64  st1:0123456789abcdef0123

2 secrets (1 critical, 1 medium). 1,234 items, 45.7 MB read in 123 ms.
Not everything was read:
  too large: 2, 5.0 GB: big.bin, evil\\x1b[31m
Not shown: 3 allowed.

What to do: revoke what was ever pushed or shared, then remove it from the file;
a value that is no secret takes the comment stanch:allow -- why on its line or the line above.
`)
})

test('of an image people read layer, instruction and whether a file can be seen; what the base image brought stands apart', () => {
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`
  const layer = { kind: 'layer' as const, image: 'shop:1', layer: digest, diffId: digest, line: 1, column: 7 }
  const own = finding({
    places: [
      { ...layer, path: 'app/.env', deletedLater: true, createdBy: 'COPY . /app \u001b' },
      { ...layer, path: 'app/x', deletedLater: false },
      { kind: 'image-config', image: 'shop:1', field: 'Env.TOKEN' },
    ],
  })
  const base = finding({
    places: [
      { ...layer, path: 'etc/key', deletedLater: false, createdBy: 'ADD file:1 in /', inBaseImage: true },
    ],
  })
  const image: Report = {
    ...report([base, own]),
    source: { kind: 'image', target: 'shop:1' },
    coverage: { complete: true, items: 9, bytes: 12, skipped: [] },
    suppressions: { allowed: 0, baseline: 0, unused: [], expired: [] },
  }
  expect(reporters.human(image, plain)).toBe(`critical  Shop secret key  shop-secret-key
  app/.env:1:7 in layer sha256:0123456789ab of shop:1, deleted by a later layer
    made by COPY . /app \\x1b
  app/x:1:7 in layer sha256:0123456789ab of shop:1, visible in the image
  Env.TOKEN of the configuration of shop:1
  q8Zt…(32)…Af6e  98 % sure  st1:0123456789abcdef0123

In the base image only: mend these there, or build on another.

critical  Shop secret key  shop-secret-key
  etc/key:1:7 in layer sha256:0123456789ab of shop:1's base image, visible in the image
    made by ADD file:1 in /
  q8Zt…(32)…Af6e  98 % sure  st1:0123456789abcdef0123

2 secrets (2 critical). 9 items, 12 B read in 123 ms.

What to do: revoke what was ever pushed or shared, then build the image anew without it:
deleting a file in a later layer leaves it in the image; RUN --mount=type=secret keeps it out of layers and history.
A value that is no secret goes by its fingerprint into .stanchignore.
`)
})

test('a clean report says so in one line', () => {
  const clean = {
    ...report([]),
    coverage: { complete: true, items: 1, bytes: 12, skipped: [] },
    suppressions: { allowed: 0, baseline: 0, unused: [], expired: [] },
  }
  expect(reporters.human(clean, plain)).toBe('No secrets found. 1 item, 12 B read in 123 ms.\n')
})

test('the JSON report has the fields of the contract and no value', () => {
  const data: unknown = JSON.parse(reporters.json(report([finding()]), plain))
  expect(data).toEqual({
    schema: 'stanch.report/1',
    tool: { name: 'stanch', version: '0.1.0', rules: { count: 9, hash: 'abc' } },
    source: { kind: 'worktree', target: '.' },
    started: '2026-11-23T12:00:00.000Z',
    durationMs: 123,
    coverage: report([]).coverage,
    suppressions: { allowed: 3, baseline: 0, unused: [], expired: [] },
    findings: [
      {
        fingerprint: 'st1:0123456789abcdef0123',
        rule: 'shop-secret-key',
        provider: 'shop',
        description: 'Shop secret key',
        severity: 'critical',
        confidence: 0.98,
        masked: 'q8Zt…(32)…Af6e',
        state: 'new',
        decoded: [],
        places: [
          { kind: 'file', path: 'src/a b.ts', tracked: true, line: 3, column: 14, endLine: 3, endColumn: 46 },
        ],
      },
    ],
  })
})

test('JSON lines are the findings, then everything else', () => {
  const lines = reporters
    .jsonl(report([finding(), manyPlaces]), plain)
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(lines.map(line => line.rule ?? line.schema)).toEqual([
    'shop-secret-key',
    'shop-secret-key',
    'stanch.report/1',
  ])
  expect(lines[2].findings).toBeUndefined()
})

test.each(Object.entries(reporters))('%s shows a value only when asked to', (name, reporter) => {
  expect(reporter(report([finding(), manyPlaces]), plain)).not.toContain(value.slice(4, -4))
  if (name !== 'sarif')
    expect(reporter(report([finding()]), { ...plain, showSecrets: true })).toContain(value)
})

test.each(Object.entries(reporters))('%s sends nothing raw to a terminal', (_name, reporter) => {
  const text = reporter(report([finding({ places: hostilePlaces })]), plain)
  expect(text.match(/[^\P{Cc}\r\n]|[\u202a-\u202e\u2066-\u2069]/gu)).toBeNull()
})

test('the SARIF log is valid by the official schema, also with nothing found', () => {
  const schemaFile = createRequire(import.meta.url).resolve(
    '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
  )
  const ajv = new Ajv({ strict: false, unicodeRegExp: false })
  formats.default(ajv)
  const { $schema, id, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8'))
  const validate = ajv.compile(schema)
  for (const findings of [[], [finding()], [finding(), manyPlaces, finding({ state: 'allowed' })]]) {
    validate(JSON.parse(reporters.sarif(report(findings), plain)))
    expect(validate.errors).toBeNull()
  }
})

test('a SARIF result points at the first place and relates the others', () => {
  const log = JSON.parse(reporters.sarif(report([manyPlaces, finding()]), plain))
  const [first, second] = log.runs[0].results
  expect([first.level, first.locations.length, first.relatedLocations.length]).toEqual(['warning', 1, 4])
  expect(second.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'src/a%20b.ts' },
    region: { startLine: 3, startColumn: 14, endLine: 3, endColumn: 46 },
  })
  expect(log.runs[0].tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['shop-secret-key'])
})
