import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fakeAws } from '../support/fakes/aws.ts'
import { cliPath } from '../support/start-cli.ts'
import { makeRepository } from '../support/temporary-directory.ts'

const WRITES_PER_SECOND = 3
const COUNT = 200

let aws: Awaited<ReturnType<typeof fakeAws>>
/** Accepted writes by name, and how often a write was turned away. */
const written = new Map<string, number>()
let throttled = 0
let recent: number[] = []

/** Parameter Store behind a limit of writes, as accounts have it (3 PutParameter calls a second by default). */
const limiter = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const target = String(request.headers['x-amz-target'])
  const isWrite = target.endsWith('PutParameter')
  const now = Date.now()
  recent = recent.filter(time => now - time < 1000)
  if (isWrite && recent.length >= WRITES_PER_SECOND) {
    throttled++
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' }))
    return
  }
  if (isWrite) {
    recent.push(now)
    const { Name } = JSON.parse(body.toString('utf8'))
    written.set(Name, (written.get(Name) ?? 0) + 1)
  }
  const answer = await fetch(aws.origin, {
    method: 'POST',
    headers: { 'x-amz-target': target, authorization: String(request.headers.authorization) },
    body,
  })
  response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' })
  response.end(Buffer.from(await answer.arrayBuffer()))
})

let origin = ''
beforeAll(async () => {
  aws = await fakeAws()
  await new Promise<void>(resolve => limiter.listen(0, '127.0.0.1', resolve))
  const address = limiter.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
})
afterAll(async () => {
  limiter.close()
  await aws.close()
})

function migrate(cwd: string): Promise<{ code: number | null; stderr: string }> {
  const args = [cliPath, 'migrate', '.env', '--to', 'ssm:/shop', '--apply', '--keep-file']
  const child = spawn(process.execPath, args, {
    cwd,
    env: {
      ...process.env,
      XDG_CONFIG_HOME: `${cwd}/config`,
      AWS_ENDPOINT_URL_SSM: origin,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'made-up',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', chunk => {
    stderr += chunk
  })
  return new Promise(resolve => child.on('close', code => resolve({ code, stderr })))
}

test('200 keys at 3 writes a second end complete without help, and a second run writes nothing', {
  timeout: 300_000,
}, async () => {
  const names = Array.from({ length: COUNT }, (_, i) => `SERVICE_${i}_SECRET_KEY`)
  const value = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 32)
  const directory = makeRepository({ '.env': names.map(name => `${name}=${value(name)}\n`).join('') })
  const first = await migrate(directory)
  expect({ code: first.code, last: first.stderr.trimEnd().split('\n').at(-1) }).toEqual({
    code: 0,
    last: `${COUNT}/${COUNT} ${names.at(-1)}`,
  })
  expect(Object.fromEntries(written)).toEqual(
    Object.fromEntries(names.map(name => [`/shop/local/${name}`, 1])),
  )
  expect(throttled).toBeGreaterThan(0)
  written.clear()
  expect(await migrate(directory)).toEqual({ code: 0, stderr: '' })
  expect(written.size).toBe(0)
})
