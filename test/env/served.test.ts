import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { askServer } from '../../src/commands/env/facts/ask-server.ts'
import { EnvReader } from '../../src/commands/env/facts/env-text.ts'
import { runCli } from '../support/run-cli.ts'
import { startCli } from '../support/start-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const token = makeToken(1)
const reader = new EnvReader(
  () => [],
  value => value,
)

/** A web server on this machine; what it was asked for is kept. */
async function serve(answer: (url: string) => string | undefined) {
  const asked: string[] = []
  const server = createServer(({ method, url = '' }, response) => {
    asked.push(`${method} ${url}`)
    const text = answer(url)
    response.writeHead(text === undefined ? 404 : 200).end(text)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

function makeProject(): string {
  return makeDirectory({
    'app/.env': `PORT=3000\nAPI_TOKEN=${token}\n`,
    'app/.env.example': 'API_TOKEN=\n',
    'app/index.html': '<p>shop</p>',
  })
}

const run = async (root: string, url: string) => {
  const { end, stdout, stderr } = await startCli(
    ['env', '--only', 'web-root', '--format', 'json', '--served-at', url],
    { cwd: root },
  ).ended
  expect(stdout + stderr).not.toContain(token)
  return [end, JSON.parse(stdout).problems.map((problem: Record<string, unknown>) => problem.message), stderr]
}

test('a server that gives an env file away is told of, with its address', async () => {
  const root = makeProject()
  const { asked, url } = await serve(path =>
    path === '/.env' ? readFileSync(join(root, 'app', path), 'utf8') : undefined,
  )
  expect(await run(root, url)).toEqual([1, [`${url}/.env answers with it: API_TOKEN`], ''])
  expect(asked.sort()).toEqual(['GET /.env', 'GET /app/.env', 'HEAD /'])
})

test('a server that answers every address with its page gives nothing away', async () => {
  const { url } = await serve(() => '<p>shop</p>')
  expect(await run(makeProject(), url)).toEqual([0, [], ''])
})

test('a server is not asked without being named, and one elsewhere never', async () => {
  const { asked } = await serve(() => '')
  expect(runCli(['env', '--only', 'web-root'], { cwd: makeProject() }).code).toBe(0)
  expect(asked).toEqual([])
  for (const [server, problem] of [
    ['http://shop.test/', '"shop.test" is not on this machine'],
    ['http://192.168.0.1:3000', '"192.168.0.1:3000" is not on this machine'],
    ['http://localhost.shop.test', '"localhost.shop.test" is not on this machine'],
    ['ftp://localhost', '"ftp://localhost" is no address of a web server'],
    ['localhost:3000', '"localhost:3000" is no address of a web server'],
    ['http://127.0.0.1:1', 'no web server answers at http://127.0.0.1:1/'],
  ] as const) {
    await expect(askServer(server, [], reader)).rejects.toThrow(problem)
  }
})
