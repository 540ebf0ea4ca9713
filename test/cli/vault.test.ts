import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeVaultProject } from '../support/vault-project.ts'

test('a value goes in by a pipe and comes out as it was; versions go back and forth', () => {
  const { directory, vault } = makeVaultProject()
  expect(vault('init')).toEqual({
    code: 0,
    stdout: '',
    stderr:
      `made .stanch/vault.age, which a new identity opens: ${directory}/home/stanch/identity.txt\n` +
      '  Keep a copy of the identity where you keep passwords: without it the vault cannot be read.\n',
  })
  expect(vault('set API_KEY', 'first\n')).toEqual({
    code: 0,
    stdout: '',
    stderr: 'written /shop/local/API_KEY in local (version 1)\n',
  })
  vault('set API_KEY --raw', 'second\n')
  vault('set OTHER --stage production', 'x')
  expect(vault('get API_KEY').stdout).toBe('second\n')
  expect(vault('get API_KEY --version previous').stdout).toBe('first')
  expect(vault('rollback API_KEY').stderr).toBe(
    'rolled back to version 1: /shop/local/API_KEY in local (version 3)\n',
  )
  expect(vault('get API_KEY').stdout).toBe('first')
  expect(vault('list').stdout).toBe('API_KEY  3  2026-11-26T12:00:00.000Z\n')
  expect(JSON.parse(vault('list --stage production --format json').stdout)).toEqual([
    { name: 'OTHER', version: '1', updated: '2026-11-26T12:00:00.000Z' },
  ])
  expect(JSON.parse(vault('history API_KEY --format json').stdout)).toEqual(
    ['3', '2', '1'].map(version => ({
      version,
      created: '2026-11-26T12:00:00.000Z',
      current: version === '3',
      labels: [],
    })),
  )
  expect(vault('rename API_KEY NEW').stderr).toBe('renamed API_KEY to /shop/local/NEW in local (version 1)\n')
  expect(vault('get NEW').stdout).toBe('first')
})

test('nothing is deleted without an answer, nor when one of them is not there', () => {
  const { vault } = makeVaultProject()
  vault('init')
  vault('set A', '1')
  expect(vault('delete A')).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'delete /shop/local/A in local\nstanch: nothing was deleted\n  Say --yes to go ahead without a question.\n',
  })
  expect(vault('delete A B C --yes').stderr).toBe(
    'stanch: local has no entry "B", "C" (stage local)\n' +
      '  Check the name, the stage and the namespace; "stanch vault list" shows what is there.\n',
  )
  expect(vault('get A').stdout).toBe('1')
  vault('set B', '2')
  expect(JSON.parse(vault('delete A B --yes --format json').stdout)).toEqual([{ name: 'A' }, { name: 'B' }])
  expect(vault('get A').code).toBe(2)
})

const mistakes: [args: string, input: string | Buffer, said: string][] = [
  ['get MISSING', '', 'stanch: local has no entry "MISSING" (stage local)\n'],
  ['init', '', 'stanch: there is a local vault already: "'],
  [
    'init --recipient nobody',
    '',
    'stanch: "nobody" is no recipient\n  A recipient of age begins with age1.\n',
  ],
  ['set A --vault env', 'x', 'stanch: env cannot be written to\n'],
  ['history A --vault env', 'x', 'stanch: env keeps no versions\n'],
  ['list --vault lcal', '', 'stanch: there is no vault "lcal"\n  Did you mean local?\n'],
  ['set BAD\u0007NAME', 'x', 'stanch: local cannot take the name "BAD\\u0007NAME" (stage local): no blanks '],
]

test('mistakes end with 2 and say what to do', () => {
  const { directory, vault } = makeVaultProject()
  vault('init')
  const results = mistakes.map(([args, input, said]) => {
    const { code, stdout, stderr } = vault(args, String(input))
    return { args, code, stdout, said: stderr.slice(0, said.length) }
  })
  expect(results).toEqual(mistakes.map(([args, , said]) => ({ args, code: 2, stdout: '', said })))
  expect(existsSync(join(directory, 'home/stanch/identity.txt'))).toBe(true)
})
