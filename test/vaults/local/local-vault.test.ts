import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { expect, test } from 'vitest'
import { Secret } from '../../../src/model.ts'
import { initLocalVault } from '../../../src/vaults/local/init-local-vault.ts'
import { createLocalVault } from '../../../src/vaults/local/local-vault.ts'
import { readVaultFile, writeVaultFile } from '../../../src/vaults/local/vault-file.ts'
import type { VaultWorld } from '../../../src/vaults/vault.ts'
import { makeDirectory } from '../../support/temporary-directory.ts'

const now = () => new Date('2026-11-26T12:00:00Z')
const writer = fileURLToPath(new URL('../../support/vault-writer.ts', import.meta.url))

async function makeVault(recipients: string[] = []): Promise<VaultWorld> {
  const directory = makeDirectory()
  const world = { env: { XDG_CONFIG_HOME: directory }, directory, now }
  await initLocalVault({}, { store: 'local', recipients }, world)
  return world
}

const open = (world: VaultWorld) => createLocalVault({}, 'local', world)

/** @param killAt after so many writes it is killed, most likely in the middle of the next one */
function startWriter(directory: string, name: string, count: number, killAt = Number.POSITIVE_INFINITY) {
  const child = spawn(process.execPath, ['--import', 'tsx', writer, directory, name, String(count)])
  let said = ''
  let complaint = ''
  child.stdout.on('data', chunk => {
    said += chunk
    if (lastOf(said) >= killAt) child.kill('SIGKILL')
  })
  child.stderr.on('data', chunk => {
    complaint += chunk
  })
  const ended = new Promise<{ written: number; complaint: string }>(resolve =>
    child.on('close', () => resolve({ written: lastOf(said), complaint })),
  )
  return { ended }
}

/** The last whole line. */
function lastOf(said: string): number {
  return Number(
    said
      .slice(0, said.lastIndexOf('\n') + 1)
      .trim()
      .split('\n')
      .at(-1),
  )
}

test('four processes that write at the same time lose nothing, though two of them are killed again and again', {
  timeout: 60_000,
}, async () => {
  const world = await makeVault()
  const steady = ['A', 'B'].map(name => startWriter(world.directory, name, 10))
  const killed: Record<string, number> = {}
  await Promise.all(
    ['C', 'D'].map(async name => {
      for (const killAt of [2, 4]) {
        const { written } = await startWriter(world.directory, name, 1000, killAt).ended
        expect(written).toBeGreaterThanOrEqual(killAt)
        killed[name] = Math.max(killed[name] ?? 0, written)
      }
    }),
  )
  expect(await Promise.all(steady.map(({ ended }) => ended))).toEqual([
    { written: 10, complaint: '' },
    { written: 10, complaint: '' },
  ])
  const vault = open(world)
  for (const name of ['A', 'B']) {
    expect((await vault.get(name)).reveal()).toBe(`${name} 10`)
    expect(await vault.history?.(name)).toHaveLength(10)
  }
  // What was acknowledged is there.
  for (const [name, written] of Object.entries(killed)) {
    const values = new Set<string>()
    for (const { version } of (await vault.history?.(name)) ?? [])
      values.add((await vault.get(name, { version })).reveal())
    for (let index = 1; index <= written; index++) expect(values).toContain(`${name} ${index}`)
  }
  await vault.put?.('E', new Secret('after'))
  expect(readdirSync(join(world.directory, '.stanch')).filter(name => !name.endsWith('.new'))).toEqual([
    'vault.age',
  ])
})

test('a lock whose holder is dead, or never wrote its name, is taken over; a living one is waited for', async () => {
  const world = await makeVault()
  const lock = join(world.directory, '.stanch/vault.age.lock')
  writeFileSync(lock, JSON.stringify({ host: (await import('node:os')).hostname(), pid: 2 ** 22 + 1 }))
  await open(world).put?.('A', new Secret('1'))
  writeFileSync(lock, '')
  utimesSync(lock, new Date(0), new Date(0))
  await open(world).put?.('A', new Secret('2'))
  expect((await open(world).get('A')).version).toBe('2')
  expect(existsSync(lock)).toBe(false)
})

test('the file holds no value and no name; it and the identity are for their owner', async () => {
  const world = await makeVault()
  await open(world).put?.('/shop/local/API_KEY', new Secret('a value to hide'))
  const path = join(world.directory, '.stanch/vault.age')
  const text = readFileSync(path, 'utf8')
  expect(text.split('\n')[0]).toBe('-----BEGIN AGE ENCRYPTED FILE-----')
  const plain = Buffer.from(text.split('\n').slice(1, -1).join(''), 'base64').toString('latin1')
  for (const hidden of ['API_KEY', 'shop', 'a value']) expect(text + plain).not.toContain(hidden)
  expect((statSync(path).mode & 0o777).toString(8)).toBe('600')
  expect((statSync(join(world.directory, 'stanch/identity.txt')).mode & 0o777).toString(8)).toBe('600')
})

test('an identity that others can read is refused', async () => {
  const world = await makeVault()
  chmodSync(join(world.directory, 'stanch/identity.txt'), 0o644)
  await expect(open(world).get('A')).rejects.toMatchObject({
    message: expect.stringMatching(/^others can read the identity/),
    hint: expect.stringMatching(/^Run "chmod 600/),
  })
})

test('a second recipient reads and writes, and stays one', async () => {
  const other = await generateX25519Identity()
  const world = await makeVault([await identityToRecipient(other)])
  await open(world).put?.('A', new Secret('from the first'))
  const identity = join(world.directory, 'other.txt')
  writeFileSync(identity, `${other}\n`, { mode: 0o600 })
  const second = { ...world, env: { STANCH_IDENTITY_FILE: identity } }
  expect((await open(second).get('A')).reveal()).toBe('from the first')
  await open(second).put?.('A', new Secret('from the second'))
  expect((await open(world).get('A')).reveal()).toBe('from the second')
})

test('the recipients of the settings count from the next write on: one comes, one goes', async () => {
  const [old, fresh] = await Promise.all([generateX25519Identity(), generateX25519Identity()])
  const world = await makeVault([await identityToRecipient(old)])
  const recipients = [await identityToRecipient(fresh)]
  await createLocalVault({ recipients }, 'local', world).put?.('A', new Secret('x'))
  const as = (identity: string) => {
    const file = join(world.directory, 'as.txt')
    writeFileSync(file, identity, { mode: 0o600 })
    return open({ ...world, env: { STANCH_IDENTITY_FILE: file } }).get('A')
  }
  expect((await as(fresh)).reveal()).toBe('x')
  await expect(as(old)).rejects.toMatchObject({ kind: 'unauthenticated' })
  expect((await open(world).get('A')).reveal()).toBe('x')
})

test('a passphrase opens the identity, a wrong one does not', async () => {
  const directory = makeDirectory({ right: 'correct horse\n', wrong: 'battery' })
  const world = (file: string): VaultWorld => ({
    env: { XDG_CONFIG_HOME: directory, STANCH_PASSPHRASE_FILE: join(directory, file) },
    directory,
    now,
  })
  const passphrase = new Secret('correct horse')
  await initLocalVault({}, { store: 'local', passphrase, workFactor: 10 }, world('right'))
  expect(readFileSync(join(directory, 'stanch/identity.txt'), 'utf8')).toMatch(/^-----BEGIN AGE/)
  await open(world('right')).put?.('A', new Secret('x'))
  await expect(open(world('wrong')).get('A')).rejects.toMatchObject({ kind: 'unauthenticated' })
  await expect(open({ env: { XDG_CONFIG_HOME: directory }, directory, now }).get('A')).rejects.toMatchObject({
    kind: 'unauthenticated',
    reason: expect.stringMatching(/wants a passphrase$/),
  })
})

test.each<[title: string, spoil: (path: string) => unknown, said: object]>([
  ['another identity', path => writeIdentity(path), { kind: 'unauthenticated' }],
  ['a cut file', path => cut(path), { kind: 'decode', retryable: false }],
  ['no age file', path => writeFileSync(path, 'hello'), { kind: 'decode' }],
])('%s is told from an absent vault', async (_title, spoil, said) => {
  const world = await makeVault()
  await spoil(join(world.directory, '.stanch/vault.age'))
  await expect(open(world).get('A')).rejects.toMatchObject(said)
})

test('without a vault the way to one is told, for reading and for writing', async () => {
  const directory = makeDirectory()
  const world = { env: { XDG_CONFIG_HOME: directory }, directory, now }
  const said = { kind: 'unavailable', retryable: false, hint: 'Run "stanch vault init" to make it.' }
  await expect(open(world).get('A')).rejects.toMatchObject(said)
  await expect(open(world).put?.('A', new Secret('x'))).rejects.toMatchObject(said)
})

test('of a hundred versions and more the newest hundred are kept', async () => {
  const world = await makeVault()
  const vault = open(world)
  const path = join(world.directory, '.stanch/vault.age')
  const identity =
    readFileSync(join(world.directory, 'stanch/identity.txt'), 'utf8').trim().split('\n').at(-1) ?? ''
  const content = await readVaultFile(path, [identity], 'local')
  const versions = Array.from({ length: 100 }, (_, at) => ({ value: 'x', version: at + 1, created: now() }))
  await writeVaultFile(path, { ...content, entries: new Map([['A', versions]]) })
  for (const value of ['101', '102']) await vault.put?.('A', new Secret(value))
  const history = (await vault.history?.('A')) ?? []
  expect([history.length, history[0]?.version, history.at(-1)?.version]).toEqual([100, '102', '3'])
})

async function writeIdentity(vaultPath: string): Promise<void> {
  writeFileSync(join(vaultPath, '../../stanch/identity.txt'), await generateX25519Identity())
}

function cut(path: string): void {
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.slice(0, text.length / 2))
}
