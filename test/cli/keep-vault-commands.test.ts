/** Seed 000: what Keep's commands for vaults do, done with ours. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFiles } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'
import { makeVaultProject } from '../support/vault-project.ts'

test('import and copy show their plan, write all or nothing, and take a second run well', () => {
  const { directory, vault } = makeVaultProject()
  vault('init')
  writeFiles(directory, {
    'in.env': '# of the app\nA=1\nexport B="two words"\nEMPTY=\n',
    'in.json': '{"A":"other","C":3}',
  })
  expect(vault('import in.env --stage staging').code).toBe(2)
  expect(vault('list --stage staging').stdout).toBe('')
  expect(vault('import in.env --stage staging --yes')).toEqual({
    code: 0,
    stdout: '',
    stderr:
      'create  A      → /shop/staging/A\ncreate  B      → /shop/staging/B\ncreate  EMPTY  → /shop/staging/EMPTY\n' +
      'written /shop/staging/A in local\nwritten /shop/staging/B in local\nwritten /shop/staging/EMPTY in local\n',
  })
  expect(vault('import in.json --stage staging --yes')).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'fail    A  another value is there\ncreate  C  → /shop/staging/C\n' +
      'stanch: 1 of 2 entries cannot be written to local; nothing was written\n' +
      '  Say --on-conflict skip or overwrite for those that are there, or leave entries out.\n',
  })
  expect(vault('import in.json --stage staging --yes --on-conflict overwrite').code).toBe(0)
  vault('set A --stage production', 'kept')
  const copy = (more: string) =>
    vault(`copy --from local:staging --to local:production --format json ${more}`, '')
  expect(JSON.parse(copy('--only A,C --on-conflict skip --yes').stdout)).toEqual([
    { name: 'A', address: '/shop/production/A', action: 'skip' },
    { name: 'C', address: '/shop/production/C', action: 'create' },
  ])
  expect(vault('get A --stage production').stdout).toBe('kept')
  expect(JSON.parse(copy('--only C').stdout)).toEqual([
    { name: 'C', address: '/shop/production/C', action: 'unchanged' },
  ])
})

test('diff tells which entries are the same where, export gives them back, and neither leaves a value on the way', () => {
  const { directory, vault } = makeVaultProject()
  vault('init')
  for (const [stage, name, value] of [
    ['staging', 'SAME', 'x'],
    ['production', 'SAME', 'x'],
    ['staging', 'OTHER', 'a'],
    ['production', 'OTHER', 'b'],
    ['production', 'ONLY', "it's #1"],
  ])
    vault(`set ${name} --stage ${stage}`, value)
  const { stdout } = vault('diff --stages staging,production')
  expect(stdout.replace(/[0-9a-f]{8}/g, 'xxxxxxxx')).toBe(
    '       staging   production\n' +
      'ONLY   -         xxxxxxxx    missing\nOTHER  xxxxxxxx  xxxxxxxx    different\nSAME   xxxxxxxx  xxxxxxxx    same\n',
  )
  const [ONLY] = JSON.parse(vault('diff --stages staging,production --format json').stdout)
  expect(ONLY).toEqual({
    name: 'ONLY',
    stages: { staging: null, production: expect.stringMatching(/^[0-9a-f]{8}$/) },
    same: false,
  })
  expect(vault('export --stage production')).toEqual({
    code: 0,
    stdout: `ONLY="it's #1"\nOTHER=b\nSAME=x\n`,
    stderr: 'warning: this is plaintext; "stanch run" needs no file\n',
  })
  vault('export --stage production --format json --output out.json')
  expect(JSON.parse(readFileSync(join(directory, 'out.json'), 'utf8'))).toEqual({
    ONLY: "it's #1",
    OTHER: 'b',
    SAME: 'x',
  })
  expect((statSync(join(directory, 'out.json')).mode & 0o777).toString(8)).toBe('600')
})

test('rotate writes a value that nobody sees and keeps the one before; stale counts the days', () => {
  const { vault } = makeVaultProject()
  vault('init')
  vault('set KEY', 'old')
  expect(vault('rotate KEY --length 20 --charset hex')).toEqual({
    code: 0,
    stdout: '',
    stderr:
      'rotated /shop/local/KEY in local (version 2)\n' +
      '  The value before is still there: stanch vault get --version previous\n',
  })
  expect(vault('get KEY').stdout).toMatch(/^[0-9a-f]{20}$/)
  expect(vault('get KEY --version previous').stdout).toBe('old')
  expect(vault('rotate KEY', 'my own\n').code).toBe(0)
  expect(vault('get KEY').stdout).toBe('my own')
  expect(vault('rotate KEY --length 8').stderr).toMatch(
    /^stanch: 8 of 62 different characters can be guessed/,
  )
  expect(vault('stale')).toEqual({ code: 0, stdout: '', stderr: '' })
  const later = { STANCH_NOW: '2027-03-01T12:00:00Z' }
  expect(vault('stale', '', later)).toEqual({ code: 1, stdout: 'KEY  95 days  of 90\n', stderr: '' })
  expect(vault('stale --max-age 100', '', later).code).toBe(0)
})

test('a key whose issuer wants it replaced sooner is stale sooner', () => {
  const { vault } = makeVaultProject()
  vault('init')
  vault('set PAYMENT', makeToken(1))
  const stale = vault('stale --max-age 1000 --format json', '', { STANCH_NOW: '2027-11-26T12:00:00Z' })
  expect(JSON.parse(stale.stdout)).toMatchObject([{ name: 'PAYMENT', provider: 'stripe', ageDays: 365 }])
})

test('check proves every right in every stage and leaves nothing behind', () => {
  const { vault } = makeVaultProject(
    '[stages]\nnames = ["staging", "production"]\n[migrate]\nnamespace = "shop"\n',
  )
  vault('init')
  expect(vault('check')).toEqual({
    code: 0,
    stdout:
      '            list  write  read  history  delete\n' +
      'staging     ok    ok     ok    ok       ok\nproduction  ok    ok     ok    ok       ok\n',
    stderr: '',
  })
  expect(vault('list --stage staging').stdout).toBe('')
  expect(vault('check --vault env --stage staging').stdout.split('\n')[1]).toBe(
    'staging  ok    -      ok    -        -',
  )
  const other = { STANCH_IDENTITY_FILE: '/nowhere' }
  expect(vault('check --stage staging', '', other)).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('unauthenticated'),
  })
})

test('policy grants what one stage needs and no more', () => {
  const { vault } = makeVaultProject()
  const policy = JSON.parse(vault('policy --vault ssm:/team/app --stage production --access read').stdout)
  expect(
    policy.Statement.map(({ Action, Resource }: { Action: string[]; Resource: string[] }) => [
      Action,
      Resource,
    ]),
  ).toEqual([
    [
      ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParameterHistory'],
      ['arn:aws:ssm:*:*:parameter/team/app/production/*'],
    ],
    [
      ['ssm:GetParametersByPath'],
      ['arn:aws:ssm:*:*:parameter/team/app/production', 'arn:aws:ssm:*:*:parameter/team/app/production/*'],
    ],
  ])
  expect(vault('policy --vault vault:kv/app --stage production').stdout).toBe(
    'path "kv/data/app/production/*" {\n  capabilities = ["read", "create", "update"]\n}\n' +
      'path "kv/metadata/app/production/*" {\n  capabilities = ["read", "list", "delete"]\n}\n',
  )
  expect(vault('policy --vault local').code).toBe(2)
})
