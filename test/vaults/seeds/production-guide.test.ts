/** Seed 004: the guide's patterns for AWS, Vault, Azure and Google, rotation with two live values, and its cache. */
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openSecrets } from '../../../src/index.ts'
import { fakeAws } from '../../support/fakes/aws.ts'
import { fakeAzure } from '../../support/fakes/azure.ts'
import { fakeGcp } from '../../support/fakes/gcp.ts'
import { fakeHashicorp } from '../../support/fakes/hashicorp.ts'
import type { FakeServer } from '../../support/fakes/serve.ts'
import { makeDirectory } from '../../support/temporary-directory.ts'

function setEnv(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) {
    vi.stubEnv(name, value)
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
  }
}

async function serve<S extends FakeServer>(start: () => Promise<S>): Promise<S> {
  const server = await start()
  onTestFinished(() => server.close())
  return server
}

const cwd = () => makeDirectory()
const open = (vault: NonNullable<Parameters<typeof openSecrets>[0]>['vault'], more = {}) =>
  openSecrets({ ...(vault !== undefined && { vault }), cwd: cwd(), ...more })

test('AWS Secrets Manager: production/database is a JSON object, of which a program takes the fields', async () => {
  const { origin } = await serve(fakeAws)
  setEnv({ AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' })
  const secrets = await open(
    { type: 'secretsmanager', region: 'us-east-1', endpoint: origin, path: '{stage}/{KEY}' },
    { stage: 'production' },
  )
  await secrets.put?.('database', '{"username":"app","password":"p"}')
  const { user, password } = await secrets.getMany([
    { name: 'database#username', as: 'user' },
    { name: 'database#password', as: 'password' },
  ])
  expect([user.reveal(), password.reveal()]).toEqual(['app', 'p'])
})

test('HashiCorp Vault: production/database has a field password', async () => {
  const server = await serve(fakeHashicorp)
  setEnv({ VAULT_TOKEN: 'root', VAULT_ADDR: server.origin })
  await fetch(`${server.origin}/v1/secret/data/production/database`, {
    method: 'POST',
    headers: { 'x-vault-token': 'root' },
    body: JSON.stringify({ data: { username: 'app', password: 'p' } }),
  })
  const secrets = await open('vault', { stage: 'production' })
  expect((await secrets.get('database#password')).reveal()).toBe('p')
})

test('HashiCorp Vault: a token that ends is asked for again', async () => {
  const server = await serve(fakeHashicorp)
  setEnv({ VAULT_ADDR: server.origin, VAULT_ROLE_ID: 'r', VAULT_SECRET_ID: 's' })
  vi.useFakeTimers({ toFake: ['Date'], now: 0 })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const secrets = await open('vault')
  await secrets.put?.('A', '1')
  await secrets.get('A')
  expect(server.logins).toHaveLength(1)
  server.expire()
  vi.setSystemTime(90_000)
  expect((await secrets.get('A')).reveal()).toBe('1')
  expect(server.logins).toEqual(Array(2).fill({ path: 'approle', body: { role_id: 'r', secret_id: 's' } }))
})

test.each(['kubernetes', 'jwt'] as const)(
  'HashiCorp Vault: a workload logs in with what its platform gives it (%s)',
  async auth => {
    const server = await serve(fakeHashicorp)
    setEnv({ VAULT_ADDR: server.origin, VAULT_JWT_FILE: join(makeDirectory({ token: 'jwt\n' }), 'token') })
    const secrets = await open({ type: 'vault', auth, role: 'app' })
    await secrets.put?.('A', '1')
    expect(server.logins).toEqual([{ path: auth, body: { role: 'app', jwt: 'jwt' } }])
    const stranger = await open({ type: 'vault', auth, role: 'other' })
    await expect(stranger.get('A')).rejects.toMatchObject({ kind: 'unauthenticated' })
  },
)

test('HashiCorp Vault: a sealed server is no missing secret', async () => {
  const server = await serve(fakeHashicorp)
  setEnv({ VAULT_ADDR: server.origin, VAULT_TOKEN: 'root' })
  const secrets = await open({ type: 'vault', kvVersion: 2 })
  await secrets.put?.('A', '1')
  server.state.sealed = true
  setTimeout(() => {
    server.state.sealed = false
  }, 50)
  expect((await secrets.get('A')).reveal()).toBe('1')
  expect(server.seen.length).toBeGreaterThan(2)
})

test('Azure Key Vault: database-password by a service principal, and a wrong one is told apart', async () => {
  const { origin } = await serve(fakeAzure)
  const env = { AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: 'id', AZURE_AUTHORITY_HOST: origin }
  setEnv({ ...env, AZURE_CLIENT_SECRET: 'pass' })
  const settings = { type: 'azure', endpoint: origin, path: '{KEY}' } as const
  const secrets = await open(settings)
  await secrets.put?.('database-password', 'p')
  expect((await secrets.get('database-password')).reveal()).toBe('p')
  setEnv({ AZURE_CLIENT_SECRET: 'wrong' })
  await expect((await open(settings)).get('database-password')).rejects.toMatchObject({
    kind: 'unauthenticated',
    reason: 'AADSTS7000215: Invalid client secret.',
  })
})

test('Azure Key Vault: two keys that it would spell the same are never one', async () => {
  const { origin } = await serve(fakeAzure)
  setEnv({
    AZURE_TENANT_ID: 't',
    AZURE_CLIENT_ID: 'id',
    AZURE_CLIENT_SECRET: 'pass',
    AZURE_AUTHORITY_HOST: origin,
  })
  const secrets = await open({ type: 'azure', endpoint: origin })
  await secrets.put?.('DB_PASSWORD', 'one')
  for (const name of ['DB-PASSWORD', 'db_password'])
    await expect(secrets.put?.(name, 'two')).rejects.toMatchObject({ kind: 'invalid-name' })
  expect((await secrets.get('DB_PASSWORD')).reveal()).toBe('one')
  for await (const { name } of secrets.list()) expect(name).toBe('DB_PASSWORD')
})

test('Google Secret Manager: database-password in its latest version, and damage on the way is noticed', async () => {
  const server = await serve(fakeGcp)
  setEnv({ GOOGLE_OAUTH_ACCESS_TOKEN: 'fake' })
  const secrets = await open({ type: 'gcp', project: '123456', endpoint: server.origin, path: '{KEY}' })
  await secrets.put?.('database-password', 'old')
  await secrets.put?.('database-password', 'new')
  expect(await secrets.get('database-password')).toMatchObject({ version: '2' })
  server.state.damage = true
  setTimeout(() => {
    server.state.damage = false
  }, 50)
  const before = server.seen.length
  expect((await secrets.get('database-password')).reveal()).toBe('new')
  expect(server.seen.length - before).toBeGreaterThan(1)
})

test('rotation without a pause: both values are accepted until the old one is out of use', async () => {
  const secrets = await open({ type: 'memory', entries: { API_KEY: 'A' } })
  const accepted = async () => {
    const { now, before } = await secrets.getMany([
      { name: 'API_KEY', as: 'now' },
      { name: 'API_KEY', as: 'before', version: 'previous', optional: true },
    ])
    return [now.reveal(), before?.reveal()]
  }
  expect(await accepted()).toEqual(['A', undefined])
  await secrets.put?.('API_KEY', 'B')
  expect(await accepted()).toEqual(['B', 'A'])
})

test('the cache takes up a rotated value when its hour is over', async () => {
  const directory = makeDirectory({ KEY: 'old' })
  const secrets = await open(`file:${directory}`, { cache: { ttlSeconds: 3600 } })
  const writer = await open(`file:${directory}`)
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  expect((await secrets.get('KEY')).reveal()).toBe('old')
  await writer.put?.('KEY', 'new')
  vi.advanceTimersByTime(3_599_000)
  expect((await secrets.get('KEY')).reveal()).toBe('old')
  vi.advanceTimersByTime(2_000)
  expect((await secrets.get('KEY')).reveal()).toBe('new')
})

test('Parameter Store: 42 values are five requests', async () => {
  const server = await serve(fakeAws)
  setEnv({ AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' })
  const settings = { type: 'ssm', region: 'eu-west-1', endpoint: server.origin } as const
  for (let index = 0; index < 42; index++)
    await fetch(server.origin, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonSSM.PutParameter', authorization: 'AWS4-HMAC-SHA256 Credential=x' },
      body: JSON.stringify({ Name: `/shop/production/KEY${index}`, Value: `${index}`, Type: 'SecureString' }),
    })
  const secrets = await open(settings, { namespace: 'shop', stage: 'production' })
  const before = server.seen.length
  const names = Array.from({ length: 42 }, (_, index) => ({ name: `KEY${index}` }))
  expect(Object.keys(await secrets.getMany(names))).toHaveLength(42)
  expect(server.seen.length - before).toBe(5)
})

test('Parameter Store: one entry that is denied does not hide the others', async () => {
  const server = await serve(fakeAws)
  setEnv({ AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' })
  const secrets = await open({
    type: 'ssm',
    region: 'eu-west-1',
    endpoint: server.origin,
    path: '/app/{KEY}',
  })
  await secrets.put?.('A', '1')
  await secrets.put?.('B', '2')
  server.denied.add('/app/B')
  expect((await secrets.getMany([{ name: 'A' }])).A.reveal()).toBe('1')
  await expect(secrets.getMany([{ name: 'A' }, { name: 'B', optional: true }])).rejects.toMatchObject({
    kind: 'access-denied',
    names: ['B'],
    reason: expect.stringContaining('is not authorized to perform'),
  })
})
