/**
 * What the Vault Agent Injector does in "exec" mode: log in with the service account, read all fields of one secret, start
 * the program with them as variables, without a shell and without a Kubernetes Secret.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FakeVault, fakeHashicorp } from '../../support/fakes/hashicorp.ts'
import { startCli } from '../../support/start-cli.ts'
import { makeDirectory } from '../../support/temporary-directory.ts'

let server: FakeVault
beforeAll(async () => {
  server = await fakeHashicorp()
  await fetch(`${server.origin}/v1/secret/data/spitikos/api`, {
    method: 'POST',
    headers: { 'x-vault-token': 'root' },
    body: JSON.stringify({ data: { DATABASE_URL: 'postgres://db', API_KEY: 'k 1' } }),
  })
})
afterAll(() => server.close())

const settings = `[vaults.vault]
type = "vault"
auth = "kubernetes"
role = "app"
path = "spitikos/api#{KEY}"
`

test('the fields of one secret are the variables of a program that is started without a shell', async () => {
  const directory = makeDirectory({ '.stanch.toml': settings, token: 'jwt' })
  const started = startCli(
    [
      'run',
      '--vault',
      'vault',
      '--no-inherit',
      '--',
      process.execPath,
      '-e',
      'console.log(JSON.stringify(process.env))',
    ],
    {
      cwd: directory,
      // Distroless: nothing on PATH.
      env: {
        PATH: '/nowhere',
        VAULT_ADDR: server.origin,
        VAULT_JWT_FILE: `${directory}/token`,
        VAULT_TOKEN: undefined,
      },
    },
  )
  const { end, stdout, stderr } = await started.ended
  expect({ end, stderr, variables: JSON.parse(stdout || '{}') }).toEqual({
    end: 0,
    stderr: '',
    variables: { API_KEY: 'k 1', DATABASE_URL: 'postgres://db' },
  })
  expect(server.logins).toEqual([{ path: 'kubernetes', body: { role: 'app', jwt: 'jwt' } }])
})

test('a missing field stops the start, where the agent would hand over "<no value>"', async () => {
  const directory = makeDirectory({
    '.stanch.toml': settings,
    token: 'jwt',
    'env/local.env': 'API_KEY={vault}\nSMTP_PASSWORD={vault}\n',
  })
  const { end, stdout, stderr } = await startCli(
    ['run', '--', process.execPath, '-e', 'console.log("started")'],
    {
      cwd: directory,
      env: { VAULT_ADDR: server.origin, VAULT_JWT_FILE: `${directory}/token`, VAULT_TOKEN: undefined },
    },
  ).ended
  expect({ end, stdout, stderr: stderr.split('\n')[0] }).toEqual({
    end: 2,
    stdout: '',
    stderr: 'stanch: env/local.env names an entry that is not there: line 2 {vault}',
  })
})
