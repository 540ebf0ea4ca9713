/** What Keep's page on `keep run` promises, done with ours on Parameter Store. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fakeAws } from '../../support/fakes/aws.ts'
import { putParameters } from '../../support/put-parameters.ts'
import { startCli } from '../../support/start-cli.ts'
import { makeDirectory } from '../../support/temporary-directory.ts'

let aws: Awaited<ReturnType<typeof fakeAws>>
beforeAll(async () => {
  aws = await fakeAws()
  await putParameters(aws.origin, '/shop/production/', entries)
})
afterAll(() => aws.close())

const entries: Record<string, string> = {
  ...Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`FLAG_${i}`, `f${i}`])),
  API_KEY: 'key',
  API_TEST: 'test',
  DATABASE_URL: 'postgres://db',
  DB_PASSWORD: 'pass word',
  SIGNING_PRIVATE_KEY: 'line 1\nline 2',
}

async function keep(args: string[], files: Record<string, string> = {}, command = printEnvironment) {
  const settings = `[vaults.ssm]\ntype = "ssm"\nnamespace = "shop"\nregion = "eu-west-1"\nendpoint = "${aws.origin}"\n`
  const cwd = makeDirectory({ '.stanch.toml': settings, ...files })
  const env = {
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_PROFILE: undefined,
    MINE: 'm',
    NODE_NO_WARNINGS: '1',
  }
  const before = aws.requests.length
  const { end, stdout, stderr } = await startCli(
    ['run', '--vault', 'ssm', '--stage', 'production', ...args, '--', ...command],
    { cwd, env },
  ).ended
  if (command !== printEnvironment) return { end, stdout, stderr }
  const variables: Record<string, string> = stdout === '' ? { stderr } : JSON.parse(stdout)
  const targets = aws.requests
    .slice(before)
    .map(({ headers }) => String(headers['x-amz-target']).split('.')[1])
  return { variables, requests: targets }
}
const printEnvironment = [process.execPath, '-e', 'console.log(JSON.stringify(process.env))']

test('all entries of the stage are there, in one request for ten, and the credentials of the store are not', async () => {
  const { variables, requests } = await keep([])
  expect(variables).toMatchObject({ ...entries, MINE: 'm' })
  expect(Object.keys(variables ?? {}).filter(name => name.startsWith('AWS_'))).toEqual([])
  // Three for 21 entries, and the page that holds nothing.
  expect(requests).toEqual(new Array(4).fill('GetParametersByPath'))
})

test('--only, --except and --no-inherit choose exactly', async () => {
  const seen = async (...args: string[]) => (await keep(['--no-inherit', ...args])).variables
  expect(await seen('--only', 'DB_*,DATABASE_*')).toEqual({
    DATABASE_URL: 'postgres://db',
    DB_PASSWORD: 'pass word',
  })
  expect(await seen('--only', 'API_*,SERVICE_*', '--except', '*_TEST')).toEqual({ API_KEY: 'key' })
  expect(Object.keys((await seen('--except', '*_PRIVATE_KEY,FLAG_*')) ?? {}).sort()).toEqual([
    'API_KEY',
    'API_TEST',
    'DATABASE_URL',
    'DB_PASSWORD',
  ])
})

const template = `# all that the shop needs
APP_NAME=shop
DB_PASSWORD={ssm}
KEY='{ssm:SIGNING_PRIVATE_KEY}'   # Keep's own forms
URL={ssm:DATABASE_URL}/app?password={ssm:DB_PASSWORD}
`

test('--template alone finds env/{stage}.env, static values included, with one request for ten entries', async () => {
  const { variables, requests } = await keep(['--no-inherit', '--template'], {
    'env/production.env': template,
  })
  expect(variables).toEqual({
    APP_NAME: 'shop',
    DB_PASSWORD: 'pass word',
    KEY: 'line 1\nline 2',
    URL: 'postgres://db/app?password=pass word',
  })
  expect(requests).toEqual(['GetParameters'])
})

test('--template=FILE names one, and the filters count for it, too', async () => {
  const files = { 'env/prod.env': template }
  const { variables } = await keep(['--no-inherit', '--template=env/prod.env', '--only', 'APP_*,DB_*'], files)
  expect(variables).toEqual({ APP_NAME: 'shop', DB_PASSWORD: 'pass word' })
})

test('exit codes are propagated', async () => {
  expect(await keep([], {}, ['sh', '-c', 'exit 3'])).toMatchObject({ end: 3, stdout: '' })
})
