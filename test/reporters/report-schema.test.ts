import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import { reporters } from '../../src/reporters/index.ts'
import { runCli } from '../support/run-cli.ts'
import { hostilePlaces, sampleFinding, sampleReport } from '../support/sample-report.ts'
import { makeRepository } from '../support/temporary-directory.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../schema/report-v1.schema.json', import.meta.url), 'utf8'),
)

function errorsOf(data: unknown): unknown {
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false })
  formats.default(ajv)
  const validate = ajv.compile(schema)
  validate(data)
  return validate.errors
}

test('every kind of place is as the published schema says', () => {
  const published = hostilePlaces.flatMap(place =>
    place.kind === 'layer' ? [{ ...place, published: true as const }] : [],
  )
  const places = [...hostilePlaces, ...published]
  const sample = sampleReport([sampleFinding({ places, decoded: ['base64'] })])
  const report = { ...sample, suppressions: { ...sample.suppressions, published: 1 } }
  for (const showSecrets of [false, true])
    expect(errorsOf(JSON.parse(reporters.json(report, { showSecrets, color: false })))).toBeNull()
})

test('a field more, a field less or another value is refused', () => {
  const report = JSON.parse(
    reporters.json(sampleReport([sampleFinding()]), { showSecrets: false, color: false }),
  )
  const [finding] = report.findings
  const { started, ...withoutStart } = report
  for (const wrong of [
    withoutStart,
    { ...report, more: 1 },
    { ...report, findings: [{ ...finding, state: 'old' }] },
    { ...report, findings: [{ ...finding, places: [] }] },
    { ...report, findings: [{ ...finding, places: [{ ...finding.places[0], line: 0 }] }] },
    { ...report, findings: [{ ...finding, places: [{ ...finding.places[0], extra: 0 }] }] },
  ])
    expect(errorsOf(wrong)).not.toBeNull()
})

test('what the program really writes is as the published schema says', () => {
  const token = ['sk_l', 'ive_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join('')
  const directory = makeRepository({
    'a.ts': token,
    'c.env': `PASSWORD=${['kV9mQ2', 'pLz8w!'].join('')}\n`,
    '.stanchignore': 'rule:npm-token\npath:c.env until:2020-01-01\n',
    'big.txt': 'x'.repeat(3000),
  })
  const args = ['--all', '--show-secrets', '--max-file-size', '2k']
  const { stdout } = runCli(['scan', '--format', 'json', ...args], { cwd: directory })
  expect(errorsOf(JSON.parse(stdout))).toBeNull()
  const lines = runCli(['scan', '--format', 'jsonl', ...args], { cwd: directory })
    .stdout.trimEnd()
    .split('\n')
  const findings = lines.slice(0, -1).map(line => JSON.parse(line))
  expect(findings).toHaveLength(2)
  expect(errorsOf({ ...JSON.parse(lines.at(-1) ?? ''), findings })).toBeNull()
})
