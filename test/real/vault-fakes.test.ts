/** Our fakes of Google and Azure are right where their makers' own clients can work with them. */
import { SecretClient } from '@azure/keyvault-secrets'
import { SecretManagerServiceClient } from '@google-cloud/secret-manager'
import { OAuth2Client } from 'google-auth-library'
import { expect, onTestFinished, test } from 'vitest'
import { fakeAzure } from '../support/fakes/azure.ts'
import { fakeGcp } from '../support/fakes/gcp.ts'

test("Google's client works with our Secret Manager", async () => {
  const server = await fakeGcp()
  onTestFinished(() => server.close())
  const authClient = new OAuth2Client()
  authClient.setCredentials({ access_token: 'fake' })
  const client = new SecretManagerServiceClient({
    apiEndpoint: '127.0.0.1',
    port: Number(new URL(server.origin).port),
    protocol: 'http',
    fallback: true,
    authClient,
    projectId: 'p',
  })
  const secret = { replication: { automatic: {} } }
  await client.createSecret({ parent: 'projects/p', secretId: 'A', secret })
  await expect(client.createSecret({ parent: 'projects/p', secretId: 'A', secret })).rejects.toMatchObject({
    code: 409,
  })
  const name = 'projects/p/secrets/A'
  for (const value of ['one', 'two'])
    await client.addSecretVersion({ parent: name, payload: { data: Buffer.from(value) } })
  const [latest] = await client.accessSecretVersion({ name: `${name}/versions/latest` })
  expect([latest.name, Buffer.from(latest.payload?.data ?? '').toString()]).toEqual([
    `${name}/versions/2`,
    'two',
  ])
  await client.disableSecretVersion({ name: `${name}/versions/2` })
  await expect(client.accessSecretVersion({ name: `${name}/versions/2` })).rejects.toMatchObject({
    code: 400,
  })
  for (let index = 0; index < 7; index++)
    await client.createSecret({ parent: 'projects/p', secretId: `B${index}`, secret })
  const [secrets] = await client.listSecrets({ parent: 'projects/p' })
  expect(secrets).toHaveLength(8)
  const [versions] = await client.listSecretVersions({ parent: name })
  expect(versions.map(({ state }) => state)).toEqual(['DISABLED', 'ENABLED'])
  await client.deleteSecret({ name })
  await expect(client.getSecret({ name })).rejects.toMatchObject({ code: 404 })
})

test("Microsoft's client works with our Key Vault", async () => {
  const server = await fakeAzure()
  onTestFinished(() => server.close())
  const credential = { getToken: async () => ({ token: 'fake', expiresOnTimestamp: Date.now() + 3_600_000 }) }
  const client = new SecretClient(server.origin, credential, {
    allowInsecureConnection: true,
    disableChallengeResourceVerification: true,
    retryOptions: { maxRetries: 0 },
  })
  await client.setSecret('A-B', 'v1', { tags: { env: 'prod' } })
  const second = await client.setSecret('A-B', 'v2')
  const current = await client.getSecret('A-B')
  expect([current.value, current.properties.version]).toEqual(['v2', second.properties.version])
  await expect(client.getSecret('none')).rejects.toMatchObject({ statusCode: 404, code: 'SecretNotFound' })
  await expect(client.setSecret('A_B', 'v')).rejects.toMatchObject({ statusCode: 400 })
  for (let index = 0; index < 7; index++) await client.setSecret(`C${index}`, 'v')
  const names: string[] = []
  for await (const { name } of client.listPropertiesOfSecrets()) names.push(name)
  expect(names).toHaveLength(8)
  const versions: (string | undefined)[] = []
  for await (const { version } of client.listPropertiesOfSecretVersions('A-B')) versions.push(version)
  expect(versions).toHaveLength(2)
  await client.beginDeleteSecret('A-B')
  await expect(client.setSecret('A-B', 'again')).rejects.toMatchObject({ statusCode: 409 })
})
