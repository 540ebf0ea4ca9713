import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyRepair } from '../../src/commands/env/apply-repair.ts'
import { planRepairs, type Repair } from '../../src/hygiene/repair.ts'
import { git, makeRepository } from '../support/temporary-directory.ts'

const repairs: Record<Repair['kind'], Repair> = {
  blank: { kind: 'blank', path: '.env.example', key: 'TOKEN', line: 2 },
  chmod: { kind: 'chmod', path: '.env', mode: 0o600 },
  ignore: { kind: 'ignore', path: '.gitignore', line: '/.env' },
  'name-keys': { kind: 'name-keys', path: '.env.example', keys: ['PORT', 'MODE'] },
  untrack: { kind: 'untrack', path: '.env' },
}

function makeShop(): string {
  const root = makeRepository({
    '.env': 'PORT=1\n',
    '.env.example': '# shop\r\nTOKEN="abc" # of the shop\r\nNAME=',
    '.gitignore': 'dist',
  })
  git(root, 'add', '.')
  git(root, 'commit', '-qm', 'a')
  chmodSync(join(root, '.env'), 0o644)
  return root
}

/** All that a repair may touch: files with their permissions, and git's index. */
function stateOf(root: string): string[] {
  const files = readdirSync(root, { withFileTypes: true }).filter(entry => entry.isFile())
  const states = files.map(({ name }) => {
    const mode = (statSync(join(root, name)).mode & 0o777).toString(8)
    return `${name} ${mode} ${readFileSync(join(root, name), 'utf8')}`
  })
  return [...states.sort(), git(root, 'ls-files', '-s')]
}

for (const [kind, repair] of Object.entries(repairs))
  test(`the repair ${kind} changes something once, and nothing the second time`, async () => {
    const root = makeShop()
    const before = stateOf(root)
    await applyRepair(root, repair)
    const mended = stateOf(root)
    expect(mended).not.toEqual(before)
    await applyRepair(root, repair)
    expect(stateOf(root)).toEqual(mended)
  })

test('all repairs together, made twice, change a project once', async () => {
  const root = makeShop()
  const plan = planRepairs([{ repairs: Object.values(repairs) }, { repairs: Object.values(repairs) }])
  expect(plan.map(({ kind }) => kind)).toEqual(['ignore', 'untrack', 'chmod', 'blank', 'name-keys'])
  for (const repair of plan) await applyRepair(root, repair)
  const mended = stateOf(root)
  for (const repair of plan) await applyRepair(root, repair)
  expect(stateOf(root)).toEqual(mended)
  expect(readFileSync(join(root, '.env.example'), 'utf8')).toBe(
    '# shop\r\nTOKEN="" # of the shop\r\nNAME=\r\nPORT=\r\nMODE=\r\n',
  )
})
