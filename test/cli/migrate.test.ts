import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { environmentOf, makeShop, shopEnv, shopEnvironment, shopSecrets } from '../support/shop-to-migrate.ts'
import { git } from '../support/temporary-directory.ts'

const apply = ['migrate', '.env', '--to', 'local', '--apply']

test('without a terminal and without --apply the plan is shown and nothing is written', () => {
  const shop = makeShop()
  const { code, stdout, stderr } = shop.run(['migrate', '.env', '--to', 'local', '--format', 'json'])
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'stanch: nothing was written\n  Run it on a terminal, or with --apply.\n',
  })
  const plan = JSON.parse(stdout)
  expect(plan).toMatchObject({
    file: '.env',
    dialect: 'dotenv',
    vault: 'local',
    stage: 'local',
    divergences: [],
  })
  expect(
    plan.entries.map(({ key, line, name, action }: Record<string, unknown>) => [key, line, name, action]),
  ).toEqual([
    ['PORT', 2, null, 'keep-in-template'],
    ['APP_KEY', 3, '/local/APP_KEY', 'create'],
    ['DATABASE_URL', 5, null, 'keep-in-template'],
    ['DB_PASSWORD', 6, '/local/DB_PASSWORD', 'create'],
    ['GREETING', 7, null, 'keep-in-template'],
    ['EMPTY', 8, null, 'keep-in-template'],
  ])
  expect(plan.cleanup.map(({ what, action }: Record<string, unknown>) => `${what} ${action}`)).toEqual([
    'file remove',
    'tracked untrack',
    'history rotate',
  ])
  expect(git(shop.directory, 'status', '--short')).toBe('?? .stanch/\n')
})

test('afterwards the template holds references, the program gets the same, and nothing holds a value', () => {
  const shop = makeShop()
  const { code, stdout, stderr } = shop.run(apply)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '1/2 APP_KEY\n2/2 DB_PASSWORD\n' })
  expect(shop.read('env/local.env')).toBe(`# the shop
PORT=8080
export APP_KEY='{local}' # keep

DATABASE_URL='postgres://app:{local:DB_PASSWORD}@db:5432/app'
DB_PASSWORD='{local}'
GREETING='hello \\{name} $USER'
EMPTY=
`)
  expect(environmentOf(shop)).toEqual(shopEnvironment)
  expect(existsSync(join(shop.directory, '.env'))).toBe(false)
  const [{ id }] = JSON.parse(shop.run(['migrate', '--list', '--format', 'json']).stdout)
  const written = [stdout, shop.read(`.stanch/migrations/${id}/journal.jsonl`), shop.read('env/local.env')]
  for (const secret of shopSecrets) expect(written.join('')).not.toContain(secret)
})

test('undo restores the file byte for byte, git’s index and the vault', () => {
  const shop = makeShop()
  shop.run(apply)
  const { code, stdout } = shop.run(['migrate', '--undo', '--yes'])
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: 'Restore .env, and take 2 entries out of local.\n.env is back.\n',
  })
  expect(shop.read('.env')).toBe(shopEnv)
  expect(git(shop.directory, 'status', '--short')).toBe('?? .stanch/\n')
  expect(JSON.parse(shop.run(['vault', 'list', '--stage', 'local', '--format', 'json']).stdout)).toEqual([])
})

test('a second migration of the same file writes nothing to the vault', () => {
  const shop = makeShop()
  shop.run(apply)
  shop.run(['migrate', '--undo', '--yes', '--keep-entries'])
  const { code, stderr } = shop.run(apply)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

test('an entry with another value stops the migration before the first write', () => {
  const shop = makeShop()
  shop.run(['vault', 'set', 'DB_PASSWORD', '--stage', 'local', '--raw'])
  const { code, stderr } = shop.run(apply)
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      'stanch: 1 of 6 keys cannot be migrated: DB_PASSWORD\n  The plan says why. Nothing was written.\n',
  })
  expect(existsSync(join(shop.directory, '.stanch/migrations'))).toBe(false)
})

test.each(['3:after', '6:before', '12:after'])('killed at sync %s, resume completes it', killAt => {
  const shop = makeShop()
  expect(shop.run(apply, killAt).code).toBe(null)
  expect(shop.run(['migrate', '--resume']).code).toBe(0)
  expect(environmentOf(shop)).toEqual(shopEnvironment)
  expect(existsSync(join(shop.directory, '.env'))).toBe(false)
})

test('several files are one transaction, each in its stage, undone together', () => {
  const shop = makeShop()
  writeFileSync(join(shop.directory, '.env.production'), shopEnv.replace('8080', '80'))
  const { code, stderr } = shop.run(['migrate', '.env', '.env.production', '--to', 'local', '--apply'])
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: '1/4 local APP_KEY\n2/4 local DB_PASSWORD\n3/4 production APP_KEY\n4/4 production DB_PASSWORD\n',
  })
  expect(environmentOf(shop)).toEqual(shopEnvironment)
  const [{ parts }] = JSON.parse(shop.run(['migrate', '--list', '--format', 'json']).stdout)
  expect(parts.map(({ file, stage, template }: Record<string, string>) => [file, stage, template])).toEqual([
    ['.env', 'local', 'env/local.env'],
    ['.env.production', 'production', 'env/production.env'],
  ])
  expect(shop.run(['migrate', '--undo', '--yes']).stdout).toBe(
    'Restore .env, .env.production, and take 4 entries out of local.\n.env, .env.production are back.\n',
  )
  expect([shop.read('.env'), shop.read('.env.production')]).toEqual([shopEnv, shopEnv.replace('8080', '80')])
  expect(existsSync(join(shop.directory, 'env'))).toBe(false)
})

test('two files of one stage are refused before anything is written', () => {
  const shop = makeShop()
  writeFileSync(join(shop.directory, '.env.local'), shopEnv)
  const { code, stderr } = shop.run(['migrate', '.env', '.env.local', '--to', 'local', '--apply'])
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      'stanch: .env and .env.local both belong to stage local\n  Migrate them one after the other, each with its --stage and --template.\n',
  })
})

test('recipes are written with the template, and name no machine’s path in the journal', () => {
  const shop = makeShop()
  expect(shop.run([...apply, '--recipe', 'systemd,dockerfile']).code).toBe(0)
  expect(shop.read('stanch-recipes/Dockerfile')).toContain('"run", "--stage", "local", "--"')
  const [{ id }] = JSON.parse(shop.run(['migrate', '--list', '--format', 'json']).stdout)
  expect(shop.read(`.stanch/migrations/${id}/journal.jsonl`)).not.toContain(shop.directory)
  shop.run(['migrate', '--undo', '--yes'])
  expect(existsSync(join(shop.directory, 'stanch-recipes'))).toBe(false)
})

test('a recipe that cannot read the vault is refused', () => {
  const { code, stderr } = makeShop().run([...apply, '--recipe', 'kubernetes'])
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      'stanch: there is no recipe "kubernetes" for local: the External Secrets Operator does not read a local vault\n  Choose another one; "dockerfile" works with every vault.\n',
  })
})

test('git ignores the file from then on, and what its history holds is a report that an incident starts with', () => {
  const shop = makeShop()
  const { stdout } = shop.run(apply)
  expect(shop.read('.gitignore')).toBe('config/\n/.env\n')
  const [, finding = ''] = /stanch incident start --finding (\S+)\n/.exec(stdout) ?? []
  const report = shop.read(finding.replace(/#.*/, ''))
  for (const secret of shopSecrets) expect(report).not.toContain(secret)
  const { code, stdout: started } = shop.run(['incident', 'plan', '--finding', finding, '--format', 'json'])
  expect({ code, schema: JSON.parse(started).schema }).toEqual({ code: 0, schema: 'stanch.incident/1' })
  shop.run(['migrate', '--undo', '--yes'])
  expect(shop.read('.gitignore')).toBe('config/\n')
})
