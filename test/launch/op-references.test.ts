import { afterAll, beforeAll, expect, test } from 'vitest'
import { fakeConnect } from '../support/fakes/saas.ts'
import { startCli } from '../support/start-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

let server: Awaited<ReturnType<typeof fakeConnect>>
beforeAll(async () => {
  server = await fakeConnect()
  const fields = [
    { label: 'username', value: 'shop' },
    { label: 'password', purpose: 'PASSWORD', value: 'p w' },
  ]
  await fetch(`${server.origin}/v1/vaults/v1/items`, {
    method: 'POST',
    headers: { authorization: 'Bearer token' },
    body: JSON.stringify({ title: 'my db', fields }),
  })
})
afterAll(() => server.close())

test("1Password's references are read as `op run` and `op inject` read them, whatever the stage", async () => {
  const cwd = makeDirectory({
    'env/local.env':
      'PASSWORD=op://Team/my db/password\nURL="postgres://{{ op://Team/my db/login/username }}@db"\n',
  })
  const { stdout, stderr } = await startCli(
    ['run', '--no-inherit', '--', process.execPath, '-e', 'console.log(JSON.stringify(process.env))'],
    { cwd, env: { OP_CONNECT_HOST: server.origin, OP_CONNECT_TOKEN: 'token' } },
  ).ended
  expect({ stderr, ...JSON.parse(stdout || '{}') }).toEqual({
    stderr: '',
    PASSWORD: 'p w',
    URL: 'postgres://shop@db',
  })
})
