import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Secret } from '../../src/model.ts'
import { allEntries } from '../../src/vaults/list-entries.ts'
import { createOnePasswordVault } from '../../src/vaults/onepassword/onepassword-vault.ts'
import { fakeOpProgram } from '../support/fakes/op-program.ts'

const now = () => new Date('2026-11-26T12:00:00Z')
const open = (folder: string, name = 'Team') =>
  createOnePasswordVault({ type: 'onepassword', name }, 'op', { env: { PATH: folder }, directory: '.', now })

test('through the program op: values go by standard input, fields are read by name, other fields stay', async () => {
  const { folder, argv } = fakeOpProgram()
  const vault = open(folder)
  await vault.put?.('db', new Secret('hidden one'))
  await vault.put?.('db#host', new Secret('hidden two'))
  await vault.put?.('db', new Secret('hidden three'))
  expect((await vault.get('db')).reveal()).toBe('hidden three')
  expect((await vault.get('db#host')).reveal()).toBe('hidden two')
  expect(await allEntries(vault)).toEqual([{ name: 'db', version: '3' }])
  await expect(vault.get('db#none')).rejects.toMatchObject({ kind: 'not-found', names: ['db#none'] })
  await vault.remove?.('db')
  await expect(vault.get('db')).rejects.toMatchObject({ kind: 'not-found' })
  expect(readFileSync(argv, 'utf8')).not.toContain('hidden')
})

test('a program that is not there, and a vault that is not ours, are told', async () => {
  await expect(open('/nowhere').get('db')).rejects.toMatchObject({
    kind: 'unauthenticated',
    hint: 'Install 1Password CLI, or set OP_CONNECT_HOST and OP_CONNECT_TOKEN.',
  })
  const { folder } = fakeOpProgram()
  await expect(open(folder, 'Other').get('db')).rejects.toMatchObject({ kind: 'access-denied' })
})
