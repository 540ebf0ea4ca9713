/** Seed 002: Kailash's SecretProvider, its examples done with `openSecrets`. */
import { expect, onTestFinished, test } from 'vitest'
import { openSecrets, SecretError } from '../../../src/index.ts'
import { fakeAws } from '../../support/fakes/aws.ts'
import { fakeHashicorp } from '../../support/fakes/hashicorp.ts'
import { makeDirectory } from '../../support/temporary-directory.ts'

function setEnv(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) {
    process.env[name] = value
    onTestFinished(() => {
      delete process.env[name]
    })
  }
}

const memory = (entries: Record<string, string>) => ({ type: 'memory' as const, entries })

test('EnvironmentSecretProvider: a prefix, and names with dashes', async () => {
  setEnv({ KAILASH_SECRET_JWT_SIGNING_KEY: 'k', MYAPP_SECRET_API_TOKEN: 't' })
  const cwd = makeDirectory()
  const secrets = await openSecrets({ vault: 'env:KAILASH_SECRET_', cwd })
  expect((await secrets.get('jwt-signing-key')).reveal()).toBe('k')
  const custom = await openSecrets({ vault: 'env:MYAPP_SECRET_', cwd })
  const names: string[] = []
  for await (const { name } of custom.list()) names.push(name)
  expect(names).toEqual(['API_TOKEN'])
})

test('VaultSecretProvider: both versions of the engine', async () => {
  const server = await fakeHashicorp()
  onTestFinished(() => server.close())
  setEnv({ VAULT_TOKEN: 'root' })
  for (const mount of ['secret', 'old']) {
    const vault = { type: 'vault' as const, address: server.origin, mount, path: '{KEY}' }
    const secrets = await openSecrets({ vault, cwd: makeDirectory() })
    await secrets.put?.('jwt-signing-key', `of ${mount}`)
    expect((await secrets.get('jwt-signing-key')).reveal()).toBe(`of ${mount}`)
  }
})

test('AWSSecretProvider: Secrets Manager with the usual credentials', async () => {
  const server = await fakeAws()
  onTestFinished(() => server.close())
  setEnv({ AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' })
  const vault = {
    type: 'secretsmanager' as const,
    region: 'us-east-1',
    endpoint: server.origin,
    path: '{KEY}',
  }
  const secrets = await openSecrets({ vault, cwd: makeDirectory() })
  await secrets.put?.('api-token', 'value')
  expect((await secrets.get('api-token')).reveal()).toBe('value')
})

test('SecretRequirement: parameter names, and optional ones that are not there', async () => {
  const secrets = await openSecrets({ vault: memory({ 'jwt-signing-key': 'k' }), cwd: makeDirectory() })
  const { secret_key, auth_token, retries } = await secrets.getMany([
    { name: 'jwt-signing-key', as: 'secret_key' },
    { name: 'api-token', as: 'auth_token', optional: true },
    { name: 'retries', default: '3' },
  ])
  expect([secret_key.reveal(), auth_token, retries.reveal()]).toEqual(['k', undefined, '3'])
})

test('SecretNotFoundError: one error names all that is missing, and no value', async () => {
  const secrets = await openSecrets({ vault: memory({ A: 'value of a' }), cwd: makeDirectory() })
  const missing = await secrets.getMany([{ name: 'A' }, { name: 'B' }, { name: 'C' }]).catch(error => error)
  expect(missing).toBeInstanceOf(SecretError)
  expect(missing).toMatchObject({ kind: 'not-found', names: ['B', 'C'], store: 'memory', retryable: false })
  expect(JSON.stringify([missing, String(missing.stack)])).not.toContain('value of a')
})

test('SecretNotFoundError: a value that a program does not accept is refused without being quoted', async () => {
  const secrets = await openSecrets({ vault: memory({ URL: 'no address' }), cwd: makeDirectory() })
  const validate = () => 'it is no URL'
  await expect(secrets.getMany([{ name: 'URL', validate }])).rejects.toMatchObject({
    kind: 'decode',
    message: 'memory cannot use the value of "URL" (stage local): it is no URL',
  })
})

test('rotation: the current and the previous key side by side, before and after it', async () => {
  const secrets = await openSecrets({ vault: memory({ 'api-key': 'old' }), cwd: makeDirectory() })
  const both = [
    { name: 'api-key', as: 'current_key' },
    { name: 'api-key', as: 'previous_key', version: 'previous', optional: true },
  ] as const
  expect((await secrets.getMany(both)).previous_key).toBeUndefined()
  await secrets.put?.('api-key', 'new')
  const { current_key, previous_key } = await secrets.getMany(both)
  expect([current_key.reveal(), previous_key?.reveal()]).toEqual(['new', 'old'])
  expect((await secrets.get('api-key', { version: 1 })).reveal()).toBe('old')
})

test('TenantSecretProvider: the prefix holds for every call', async () => {
  const all = await openSecrets({ vault: memory({ 't1/KEY': 'one', 't2/KEY': 'two' }), cwd: makeDirectory() })
  const tenant = all.forTenant('t1')
  expect((await tenant.get('KEY')).reveal()).toBe('one')
  expect((await tenant.getMany([{ name: 'KEY' }])).KEY.reveal()).toBe('one')
  for await (const { name } of tenant.list()) expect(name).toBe('KEY')
})

test('stages: production reads another store than development, and falls back where that is wanted', async () => {
  const cwd = makeDirectory({
    '.stanch.toml': '[vaults.app]\ntype = "file"\ndirectory = "mounted"\nfallback = ["env:DEV_SECRET_"]\n',
    'mounted/API_KEY': 'mounted',
  })
  setEnv({ DEV_SECRET_DEBUG: 'yes', DEV_SECRET_API_KEY: 'never' })
  const secrets = await openSecrets({ vault: 'app', cwd })
  expect((await secrets.get('API_KEY')).reveal()).toBe('mounted')
  expect((await secrets.get('DEBUG')).reveal()).toBe('yes')
})

test('enable_audit_logging: who was read is told, values are not', async () => {
  const events: unknown[] = []
  const secrets = await openSecrets({
    vault: memory({ A: 'hidden' }),
    audit: event => events.push(event),
    readOnly: true,
    cwd: makeDirectory(),
  })
  await secrets.get('A')
  expect([events.length, secrets.put, JSON.stringify(events).includes('hidden')]).toEqual([
    1,
    undefined,
    false,
  ])
})
