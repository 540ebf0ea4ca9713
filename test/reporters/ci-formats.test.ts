import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { reporters } from '../../src/reporters/index.ts'
import { hostilePlaces, sampleFinding, sampleReport } from '../support/sample-report.ts'

const plain = { showSecrets: false, color: false }
const hostile = sampleFinding({
  severity: 'low',
  description: '=x "q" <b> & | `t` @me\n',
  places: hostilePlaces,
})
const full = sampleReport([sampleFinding(), hostile])
const empty = sampleReport([], { coverage: { complete: true, items: 1, bytes: 2, skipped: [] } })

/** What version 15.0.4 of GitLab's format demands of the fields that we write. */
const text = { type: 'string', minLength: 1 }
const tool = {
  type: 'object',
  required: ['id', 'name', 'version', 'vendor'],
  properties: {
    id: text,
    name: text,
    version: text,
    vendor: { type: 'object', required: ['name'], properties: { name: text } },
  },
}
const time = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$' }
const gitlabSchema = {
  type: 'object',
  required: ['scan', 'version', 'vulnerabilities'],
  properties: {
    version: { const: '15.0.4' },
    scan: {
      type: 'object',
      required: ['analyzer', 'end_time', 'scanner', 'start_time', 'status', 'type'],
      properties: {
        analyzer: tool,
        scanner: tool,
        start_time: time,
        end_time: time,
        status: { enum: ['success', 'failure'] },
        type: { const: 'secret_detection' },
        messages: {
          type: 'array',
          items: {
            type: 'object',
            required: ['level', 'value'],
            properties: { level: { enum: ['info', 'warn', 'fatal'] }, value: text },
          },
        },
      },
    },
    vulnerabilities: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'identifiers', 'location'],
        properties: {
          id: text,
          name: { type: 'string', maxLength: 255 },
          severity: { enum: ['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical'] },
          identifiers: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              required: ['type', 'name', 'value'],
              properties: { type: text, name: text, value: text },
            },
          },
          location: {
            type: 'object',
            required: ['commit'],
            properties: {
              file: { type: 'string' },
              commit: { type: 'object', required: ['sha'], properties: { sha: text } },
              start_line: { type: 'number' },
              end_line: { type: 'number' },
            },
          },
        },
      },
    },
  },
}

test("GitLab's report has what its format demands, and the same finding the same id", () => {
  const validate = new Ajv().compile(gitlabSchema)
  for (const report of [full, empty]) {
    validate(JSON.parse(reporters.gitlab(report, plain)))
    expect(validate.errors).toBeNull()
  }
  expect(reporters.gitlab(full, plain)).toBe(reporters.gitlab(full, plain))
  const [first] = JSON.parse(reporters.gitlab(full, plain)).vulnerabilities
  expect(first).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/),
    name: 'Shop secret key',
    description: 'Shop secret key: q8Zt…(32)…Af6e at src/a b.ts:3:14',
    severity: 'Critical',
    solution: 'Revoke it with its issuer, replace it, then remove it from the file.',
    identifiers: [
      { type: 'stanch_rule', name: 'stanch rule shop-secret-key', value: 'shop-secret-key' },
      { type: 'stanch_fingerprint', name: 'st1:0123456789abcdef0123', value: 'st1:0123456789abcdef0123' },
    ],
    location: { file: 'src/a b.ts', commit: { sha: '0000000' }, start_line: 3, end_line: 3 },
  })
})

test('JUnit counts a failure a place, and one passed test when nothing was found', () => {
  const xml = reporters.junit(full, plain)
  expect(xml).toContain('<testsuites name="stanch" tests="8" failures="8" errors="0" time="1.234">')
  expect(xml).toContain('<testcase classname="shop-secret-key" name="src/a b.ts:3:14" time="0">')
  expect(xml).toContain('&lt;script&gt;')
  expect(reporters.junit(empty, plain)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="stanch" tests="1" failures="0" errors="0" time="1.234">
  <testsuite name="stanch worktree ." timestamp="2026-11-23T12:00:00" tests="1" failures="0" errors="0" skipped="0" time="1.234">
    <testcase classname="stanch" name="no secrets" time="0"/>
  </testsuite>
</testsuites>
`)
})

test('CSV is a row a place, and no cell is a formula', () => {
  const rows = parseCsv(reporters.csv(full, plain))
  expect(rows.map(row => row.length)).toEqual(Array(9).fill(15))
  expect(rows[1]).toEqual([
    ...['st1:0123456789abcdef0123', 'shop-secret-key', 'shop', 'Shop secret key', 'critical', '0.98', 'new'],
    ...['q8Zt…(32)…Af6e', 'file', 'src/a b.ts', '3', '14', '', '', ''],
  ])
  for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@]/)
  expect(reporters.csv(empty, plain).split('\r\n')).toHaveLength(2)
})

test('GitHub gets one command a place, which nothing in it can break', () => {
  const lines = reporters.github(full, plain).trimEnd().split('\n')
  expect(lines).toHaveLength(9)
  expect(lines[0]).toBe(
    '::error file=src/a b.ts,line=3,endLine=3,col=14,endColumn=46,title=stanch%3A shop-secret-key::Shop secret key: q8Zt…(32)…Af6e (st1:0123456789abcdef0123)',
  )
  for (const line of lines) expect(line).toMatch(/^::(?:error|warning|notice) [^:]*::/)
  expect(lines.at(-1)).toContain('::warning title=stanch::not read: too large')
  expect(reporters.github(empty, plain)).toBe('')
})

test('a file name cannot give commands to a CI runner through what people read', () => {
  const names = ['::add-mask::x', '  ::stop-commands::y', 'a##[error]z', '##vso[task.setvariable]v']
  const places = names.map(path => ({ kind: 'file' as const, path, tracked: true, line: 1, column: 1 }))
  for (const place of places) {
    const said = reporters.human(sampleReport([sampleFinding({ places: [place] })]), plain)
    expect(said).not.toMatch(/^\s*::|##\[|##vso\[/m)
  }
})

test('Markdown is a table whose cells hold text only', () => {
  const lines = reporters.markdown(full, plain).split('\n')
  const rows = lines.filter(line => line.startsWith('| '))
  expect(rows.map(row => row.split(' | ').length)).toEqual([5, 5, 5])
  expect(rows.join('\n').replace(/<\/?code>|<br>/g, '')).not.toMatch(/[<>`*\\]|@/)
  expect(lines[0]).toBe('### 2 secrets found')
  expect(reporters.markdown(empty, plain)).toBe(
    '### No secrets found\n\n1 items read, 3 known findings left out. stanch 0.1.0, 9 rules.\n',
  )
})

/** RFC 4180, as strictly as a reader can take it. */
function parseCsv(source: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plainText, end] of source.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plainText ?? '')
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}
