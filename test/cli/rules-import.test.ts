import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { makeDirectory, writeFiles } from '../support/temporary-directory.ts'

const gitleaks = `[[rules]]
id = "shop.key"
description = "Shop key"
regex = '''\\b(shop_[0-9a-f]{16})\\b'''
keywords = ["shop_"]
[[rules]]
id = "partial"
entropy = 3
`
const secret = ['shop_', '0f1e2d3c', '4b5a6978'].join('')

test('imported rules find what their tool finds, and what could not be imported is named', () => {
  const cwd = makeDirectory()
  writeFiles(cwd, { 'theirs.toml': gitleaks, 'in/a.txt': `k = ${secret}\n` })
  const imported = runCli(['rules', 'import', 'theirs.toml', '--to', 'ours.toml'], { cwd })
  expect(imported).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'theirs.toml: rule "partial": not imported: it has neither regex nor path, so it only changes a rule of the config that it extends\n1 rules imported, 1 not\n',
  })
  const scan = runCli(
    ['scan', join(cwd, 'in'), '--rules', 'ours.toml', '--no-default-rules', '--format', 'json'],
    { cwd },
  )
  expect(JSON.parse(scan.stdout).findings.map(({ rule }: { rule: string }) => rule)).toEqual(['shop-key'])
})

test('all that is imported is status 0, on standard output', () => {
  const cwd = makeDirectory()
  writeFiles(cwd, { 'k.yml': 'rules:\n- id: np.shop.1\n  name: Shop\n  pattern: "(shop_[0-9a-f]{16})"\n' })
  expect(runCli(['rules', 'import', 'k.yml'], { cwd })).toEqual({
    code: 0,
    stdout:
      '[[rules]]\nid = "np-shop-1"\ndescription = "Shop"\nregex = "(shop_[0-9a-f]{16})"\nexact = true\n',
    stderr: '1 rules imported, 0 not\n',
  })
})

test('an unknown tool and an unknown file are mistakes of the caller', () => {
  const cwd = makeDirectory()
  writeFiles(cwd, { 'x.json': '{}' })
  expect(runCli(['rules', 'import', 'x.json', '--from', 'gitlab'], { cwd }).stderr).toContain(
    'format "gitlab" is not known',
  )
  expect(runCli(['rules', 'import', 'x.json'], { cwd })).toMatchObject({ code: 2 })
  expect(runCli(['rules', 'import', 'none.toml'], { cwd }).code).toBe(2)
})
