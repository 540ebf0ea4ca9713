import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makeDirectory } from '../support/temporary-directory.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

test('the tour of docs/incident.md runs as it stands there', () => {
  const page = readFileSync(`${root}docs/incident.md`, 'utf8')
  const [, tour = ''] = /```console\n([\s\S]*?)```/.exec(page) ?? []
  const commands = tour.split('\n').flatMap(line => (line.startsWith('$ ') ? line.slice(2) : []))
  expect(commands.length).toBeGreaterThan(10)
  const directory = makeDirectory()
  for (const command of commands) {
    const script = `stanch() { "${process.execPath}" "${root}dist/cli.js" "$@"; }\n${command}\n`
    const { status, stderr } = spawnSync('bash', ['-c', script], { cwd: directory, encoding: 'utf8' })
    expect([command, status, status === 0 ? '' : stderr]).toEqual([command, 0, ''])
  }
  expect(existsSync(join(directory, 'report.html'))).toBe(true)
})
