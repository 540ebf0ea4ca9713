import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTerminal } from '../support/open-terminal.ts'
import { makeShop, shopEnv } from '../support/shop-to-migrate.ts'

function openShop(command: string) {
  const shop = makeShop()
  writeFileSync(join(shop.directory, '.env.bak'), shopEnv)
  const home = `export XDG_CONFIG_HOME="${shop.directory}/config" HOME="${shop.directory}/config" NO_COLOR=1`
  return { shop, terminal: openTerminal(shop.directory, `${home}\necho before\n${command}`) }
}

test('80 × 24 without colour: where each key goes, and what else there is to do', async () => {
  const { terminal } = openShop('stanch migrate .env --to local')
  await terminal.waitFor('\\[x\\] remove the file')
  expect(terminal.frame().slice(0, 17)).toEqual([
    'stanch migrate   .env → local, stage local',
    '2 to the vault, 4 stay in the template',
    '',
    '> PORT          template   a number, switch, path or address',
    '  APP_KEY       store      rule generic-api-key',
    '  DATABASE_URL  template   rule postgres-url-password; typed by hand; holds DB_…',
    '  DB_PASSWORD   store      rule generic-password; typed by hand',
    '  GREETING      template   neither a name nor a form of a secret',
    '  EMPTY         template   no value',
    '',
    'PORT stays in the template, as text',
    '[x] remove the file   [ ] remove the copy   [ ] example   conflicts: fail',
    'rotate    .env is in the history: rotate APP_KEY, DATABASE_URL, DB_PASSWORD',
    'tell      .env.bak is a copy: delete it, or add --remove-copies',
    'template  env/local.env',
    '',
    'space change  f file  c copies  e example  o policy  enter apply  ? more  q quit',
  ])
})

test('keys choose the vault, move a key, remove copies and apply; the terminal is as it was', async () => {
  const { shop, terminal } = openShop('stanch migrate')
  await terminal.waitFor('Which file')
  terminal.press('Enter')
  await terminal.waitFor('Where do the secrets of \\.env go')
  terminal.press('Enter')
  await terminal.waitFor('2 to the vault, 4 stay in the template')
  // Faster than the vault answers.
  terminal.press('Down', 'Down', 'Down', 'Down', 'Space', 'Space', 'c', 'e')
  await terminal.waitFor('3 to the vault, 3 stay in the template')
  await terminal.waitFor('\\[x\\] remove the copy {3}\\[x\\] example')
  terminal.press('Enter')
  await terminal.waitFor('Write to local and remove the file\\? It can be undone\\.')
  terminal.press('y')
  await terminal.waitFor('Any key: leave')
  expect(terminal.frame().slice(0, 3)).toEqual([
    'stanch migrate   .env → local, stage local',
    '[##############################] 3/3 GREETING',
    '',
  ])
  terminal.press('x')
  await terminal.waitFor('ended with 0')
  expect(terminal.frame().slice(0, 2)).toEqual([
    'before',
    'Done. Start it with: stanch run --stage local -- COMMAND',
  ])
  expect(['.env', '.env.bak', '.env.example'].map(name => existsSync(join(shop.directory, name)))).toEqual([
    false,
    false,
    true,
  ])
  expect(readFileSync(join(shop.directory, 'env/local.env'), 'utf8')).toContain("GREETING='{local}'")
  expect(shop.run(['migrate', '--undo', '--yes']).code).toBe(0)
  expect([shop.read('.env'), shop.read('.env.bak')]).toEqual([shopEnv, shopEnv])
})

test.each([
  ['q', (terminal: ReturnType<typeof openTerminal>) => terminal.press('q'), 'ended with 2'],
  ['no', (terminal: ReturnType<typeof openTerminal>) => terminal.press('Enter', 'n', 'q'), 'ended with 2'],
  ['control-c', (terminal: ReturnType<typeof openTerminal>) => terminal.press('C-c'), 'ended with'],
  ['a signal', (terminal: ReturnType<typeof openTerminal>) => terminal.signal('TERM'), 'ended with'],
])('%s writes nothing and restores the terminal', async (_name, end, said) => {
  const { shop, terminal } = openShop('stanch migrate .env --to local')
  await terminal.waitFor('\\[x\\] remove the file')
  end(terminal)
  await terminal.waitFor(said)
  expect(terminal.frame()[0]).toBe('before')
  terminal.type('typed')
  await terminal.waitFor('typed')
  expect(shop.read('.env')).toBe(shopEnv)
  expect(shop.run(['migrate', '--list']).stdout).toBe('')
})

test('a vault that is not there is told, and another one can be chosen', async () => {
  const { terminal } = openShop('STANCH_LOCAL_VAULT=/nowhere/vault.age stanch migrate .env')
  await terminal.waitFor('Where do the secrets')
  terminal.press('Enter')
  await terminal.waitFor('Run "stanch vault init" to make it')
  terminal.press('Down', 'Enter')
  await terminal.waitFor('Where in it\\? ssm:/')
  terminal.press('Escape')
  // Together they would be another key.
  await terminal.waitFor('↑↓ choose')
  terminal.press('q')
  await terminal.waitFor('ended with 2')
})
