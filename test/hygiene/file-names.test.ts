import { expect, test } from 'vitest'
import { isCopyName, isEnvName, isTemplateName, stageOf } from '../../src/hygiene/file-names.ts'

const rows: [name: string, kind: string][] = [
  ['.env', 'env local'],
  ['.env.production.local', 'env production'],
  ['production/.env', 'env production'],
  ['live/.env', 'env local'],
  ['prod.env', 'env production'],
  ['.env.test', 'env test'],
  ['.envrc', 'env local'],
  ['.dev.vars', 'env local'],
  ['.env.example', 'template local'],
  ['.env.local.sample', 'template local'],
  ['example.env', 'template local'],
  ['.env.bak', 'copy local'],
  ['.env.production.old', 'copy production'],
  ['.env~', 'copy local'],
  ['..env.swp', 'copy local'],
  ['#.env#', 'copy local'],
  ['.env (1)', 'copy local'],
  ['.env_1699999999', 'copy local'],
  ['.env.2026-01-02', 'copy local'],
  ['.env.ts', 'none'],
  ['.env.unit-tests', 'env test'],
  ['.env.dusk.local', 'env test'],
  ['env-example-relational', 'template local'],
  ['.env.d.ts', 'none'],
  ['.env.md', 'none'],
  ['.environment', 'none'],
  ['env.py', 'none'],
]

for (const [name, expected] of rows)
  test(`${name} is told by its name: ${expected}`, () => {
    const kind = isTemplateName(name) ? 'template' : isCopyName(name) ? 'copy' : 'env'
    expect(isEnvName(name) ? `${kind} ${stageOf(name)}` : 'none').toBe(expected)
  })

test('a word for tests in one piece tells the stage', () => {
  expect(['localtest.env', '.env.integrationtest', 'latest.env'].map(stageOf)).toEqual([
    'test',
    'test',
    'local',
  ])
})

test('a folder tells the stage where the name does not', () => {
  expect(['production/.env', '.envs/.prod/web.env', 'dev-environment/a.env', 'a/.env'].map(stageOf)).toEqual([
    'production',
    'production',
    'development',
    'local',
  ])
})
