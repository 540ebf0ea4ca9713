import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

test('a drill opens an incident about a made-up key in a repository of its own', () => {
  const directory = makeDirectory()
  const env = { STANCH_NOW: '2026-11-26T03:00:00Z' }
  const drill = runCli(['incident', 'drill'], { cwd: directory, env })
  expect([drill.code, drill.stderr]).toEqual([0, ''])
  const { stdout } = runCli(['incident', 'status', '--format', 'json'], { cwd: directory, env })
  const { id, drill: isDrill, provider, clocks, facts } = JSON.parse(stdout)
  expect({ id, isDrill, provider, exposure: clocks.exposure, tags: facts.tags }).toEqual({
    id: '2026-11-26-drill',
    isDrill: true,
    provider: 'stripe',
    exposure: '2026-11-23T03:00:00.000Z',
    tags: ['v1.0.0'],
  })
  const report = runCli(['incident', 'report'], { cwd: directory, env }).stdout
  expect(report).toMatch(/^# Incident 2026-11-26-drill: stripe \(a drill\)\n/)
})
