/** What docs/deploy/ shows is taken from there and run: with our package, fakes of the stores, and stand-ins for npm and docker. */
import { spawn } from 'node:child_process'
import { chmodSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse as parseToml } from 'smol-toml'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseAllDocuments, parse as parseYaml } from 'yaml'
import { codeBlocks } from '../support/code-blocks.ts'
import { fakeAws } from '../support/fakes/aws.ts'
import { type FakeVault, fakeHashicorp } from '../support/fakes/hashicorp.ts'
import { findProgram } from '../support/find-program.ts'
import { putParameters } from '../support/put-parameters.ts'
import { runCli } from '../support/run-cli.ts'
import { cliPath } from '../support/start-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const token = ['deploy', 'T0k3n', 'x7'].join('-')
const entries = {
  DEPLOY_TOKEN: `${token}\nline two`,
  MAPS_API_KEY: 'maps-key',
  DATABASE_URL: 'postgres://db',
  NPM_TOKEN: 'npm-token',
}

let aws: Awaited<ReturnType<typeof fakeAws>>
let hashicorp: FakeVault
beforeAll(async () => {
  ;[aws, hashicorp] = await Promise.all([fakeAws(), fakeHashicorp()])
  await putParameters(aws.origin, '/shop/production/', entries)
  await putParameters(aws.origin, '/shop/staging/', { DATABASE_URL: 'postgres://staging' })
  const put = (path: string, data: object) =>
    fetch(`${hashicorp.origin}/v1/secret/data/${path}`, {
      method: 'POST',
      headers: { 'x-vault-token': 'root' },
      body: JSON.stringify({ data }),
    })
  await put('spitikos/api', { DATABASE_URL: 'postgres://db', API_KEY: 'key' })
  await put('shop/production/DEPLOY_TOKEN', { value: token })
})
afterAll(() => Promise.all([aws.close(), hashicorp.close()]))

const names = [
  'API_KEY',
  'AWS_ACCESS_KEY_ID',
  'DATABASE_URL',
  'DEPLOY_TOKEN',
  'MAPS_API_KEY',
  'NPM_TOKEN',
  'PORT',
  'VAULT_JWT',
]
/** Says how it was called, and which of the variables above it has. */
const stub = (name: string) =>
  `#!${process.execPath}\nconst has = ${JSON.stringify(names)}.filter(name => process.env[name])\nconsole.log(['${name}', ...process.argv.slice(2)].join(' '), '<', has.join(' '))\nif (process.env.PRINT) console.log(process.env[process.env.PRINT])\n`

/** A project with our package in node_modules, a server, and programs to start. */
function makeProject(files: Record<string, string> = {}): string {
  const shims = {
    npx: '#!/bin/sh\nexec "$@"\n',
    stanch: `#!/bin/sh\nexec "${process.execPath}" "${cliPath}" "$@"\n`,
    npm: stub('npm'),
    docker: stub('docker'),
  }
  const directory = makeDirectory({
    'server.js': stub('server').replace(/^.*\n/, ''),
    'node_modules/.keep': '',
    ...Object.fromEntries(Object.entries(shims).map(([name, text]) => [`bin/${name}`, text])),
    ...files,
  })
  for (const name of Object.keys(shims)) chmodSync(join(directory, 'bin', name), 0o755)
  symlinkSync(join(root, '.'), join(directory, 'node_modules/stanch'))
  return directory
}

interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

function start(cwd: string, command: readonly string[], given: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const env = {
    PATH: `${join(cwd, 'bin')}:${process.env.PATH}`,
    AWS_ENDPOINT_URL_SSM: aws.origin,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'none',
    NODE_NO_WARNINGS: '1',
    ...given,
  }
  return new Promise(resolve => {
    const child = spawn(command[0] ?? '', command.slice(1), {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', chunk => {
      stdout += chunk
    })
    child.stderr.on('data', chunk => {
      stderr += chunk
    })
    child.on('close', code => resolve({ code, stdout, stderr }))
  })
}

/** As shells of CI run a step. */
function shell(cwd: string, script: string, env?: NodeJS.ProcessEnv): Promise<Ran> {
  return start(cwd, ['bash', '-eo', 'pipefail', '-c', script], env)
}

const withheld = 'stanch: not handed down (--pass-credentials does): '

test('docker.md: entrypoint and command start the server with its secrets and without credentials', async () => {
  const [dockerfile = ''] = codeBlocks('deploy/docker.md', 'dockerfile')
  const directory = makeProject()
  const words = ['ENTRYPOINT', 'CMD'].flatMap(name =>
    JSON.parse(new RegExp(`^${name} (.*)$`, 'm').exec(dockerfile)?.[1] ?? '[]').map((word: string) =>
      word.replace('/app', directory),
    ),
  )
  const { code, stdout } = await start(directory, words)
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: 'server < DATABASE_URL DEPLOY_TOKEN MAPS_API_KEY NPM_TOKEN\n',
  })
})

test('docker.md: with Compose the stage is a variable', async () => {
  const [compose = ''] = codeBlocks('deploy/docker.md', 'yaml')
  const { entrypoint, command, environment } = parseYaml(compose).services.shop
  const directory = makeProject()
  const words = [...entrypoint, ...command].map((word: string) => word.replace('/app', directory))
  const { stdout } = await start(directory, words, { ...environment, PRINT: 'DATABASE_URL' })
  expect(stdout).toBe('server < DATABASE_URL\npostgres://staging\n')
})

test('docker.md: a build gets a secret by its environment', async () => {
  const [build = ''] = codeBlocks('deploy/docker.md', 'sh')
  const { stdout } = await shell(makeProject(), build, {
    STANCH_VAULT: 'ssm:/shop',
    STANCH_STAGE: 'production',
  })
  expect(stdout).toBe('docker build --secret id=npm,env=NPM_TOKEN . < NPM_TOKEN\n')
})

test('kubernetes.md: the container logs in with the service account and starts the server', async () => {
  const [manifest = ''] = codeBlocks('deploy/kubernetes.md', 'yaml')
  const [config, deployment] = parseAllDocuments(manifest).map(document => document.toJS())
  const [{ command, args, env }] = deployment.spec.template.spec.containers
  const directory = makeProject({ 'stanch.toml': config.data['stanch.toml'], jwt: 'jwt' })
  const variables = Object.fromEntries(
    env.map(({ name, value }: { name: string; value: string }) => [name, value]),
  )
  expect(variables.STANCH_CONFIG).toBe('/etc/stanch/stanch.toml')
  const { code, stdout, stderr } = await start(
    directory,
    [...command, ...args].map((word: string) => word.replace('/app', directory)),
    {
      ...variables,
      STANCH_CONFIG: join(directory, 'stanch.toml'),
      VAULT_ADDR: hashicorp.origin,
      VAULT_JWT_FILE: join(directory, 'jwt'),
    },
  )
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: 'server < API_KEY DATABASE_URL PORT\n',
    stderr: '',
  })
})

test('kubernetes.md: the annotations are those of the injector’s exec mode', () => {
  const [, annotated = ''] = codeBlocks('deploy/kubernetes.md', 'yaml')
  const { annotations } = parseYaml(annotated).spec.template.metadata
  expect(Object.keys(annotations).map(name => name.replace('vault.hashicorp.com/', ''))).toEqual([
    'agent-inject',
    'agent-run-as-sidecar',
    'role',
    'agent-exec-command',
    'agent-inject-secret-config.env',
    'agent-inject-template-config.env',
  ])
  expect(Object.values(annotations).every(value => typeof value === 'string')).toBe(true)
})

test('github-actions.md: steps get what they name, and their output is masked', async () => {
  const [workflow = '', hiding = ''] = codeBlocks('deploy/github-actions.md', 'yaml')
  const runs = [...parseYaml(workflow).jobs.deploy.steps, ...parseYaml(hiding)].flatMap(
    ({ run }) => run ?? [],
  )
  const directory = makeProject()
  const env = { CI: 'true', GITHUB_ACTIONS: 'true', PRINT: 'DEPLOY_TOKEN' }
  const results = []
  for (const run of runs) results.push((await shell(directory, run, env)).stdout)
  expect(results).toEqual([
    'npm ci < AWS_ACCESS_KEY_ID\nundefined\n',
    'npm run build < MAPS_API_KEY\nundefined\n',
    'npm run deploy < DEPLOY_TOKEN\n***\n',
    `::add-mask::${token}\n::add-mask::line two\n`,
  ])
})

test('gitlab-ci.md: the job’s token opens the vault', async () => {
  const [job = ''] = codeBlocks('deploy/gitlab-ci.md', 'yaml')
  const [settings = ''] = codeBlocks('deploy/gitlab-ci.md', 'toml')
  const { deploy } = parseYaml(job)
  expect(Object.keys(deploy.id_tokens)).toEqual(['VAULT_JWT'])
  const { code, stdout } = await shell(makeProject({ '.stanch.toml': settings }), deploy.script.join('\n'), {
    CI: 'true',
    CI_ENVIRONMENT_NAME: deploy.environment.name,
    VAULT_ADDR: hashicorp.origin,
    VAULT_JWT: 'jwt',
    AWS_ACCESS_KEY_ID: undefined,
    PRINT: 'DEPLOY_TOKEN',
  })
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: 'npm ci < VAULT_JWT\nundefined\nnpm run deploy < DEPLOY_TOKEN VAULT_JWT\n***\n',
  })
})

test('systemd.md: the unit starts the server with the local vault', async () => {
  const [unit = ''] = codeBlocks('deploy/systemd.md', 'ini')
  const service = new Map(
    [...unit.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  )
  expect(service.get('KillMode')).toBe('mixed')
  const directory = makeProject()
  const place = (text = '') => text.replaceAll('/opt/shop', directory).replaceAll('/etc/shop', directory)
  const env = Object.fromEntries(
    place(service.get('Environment'))
      .split(' ')
      .map(pair => pair.split('=')),
  )
  for (const args of [['init'], ['set', 'DATABASE_URL', '--stage', 'production']])
    runCli(['vault', ...args], { cwd: directory, env, input: 'postgres://db' })
  const words = place(service.get('ExecStart')).replaceAll('/usr/bin/node', process.execPath).split(' ')
  const { code, stdout, stderr } = await start(directory, words, { ...env, AWS_ACCESS_KEY_ID: undefined })
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'server < DATABASE_URL\n', stderr: '' })
  // It looks for the programs and the user of the unit on this machine.
  const here = makeDirectory({
    'shop.service': place(unit).replaceAll('/usr/bin/node', '/bin/true').replace('User=shop', 'User=root'),
  })
  const verify = findProgram('systemd-analyze', 'apt-get install systemd')
  const { stdout: said, stderr: wrong } = await start(here, [
    verify,
    'verify',
    '--man=no',
    join(here, 'shop.service'),
  ])
  expect(`${said}${wrong}`.split('\n').filter(line => line.includes('shop.service'))).toEqual([])
})

test('vercel-netlify.md: the builds get what they name', async () => {
  const [vercel = ''] = codeBlocks('deploy/vercel-netlify.md', 'json')
  const [netlify = ''] = codeBlocks('deploy/vercel-netlify.md', 'toml')
  const { build } = parseToml(netlify) as { build: { command: string } }
  const directory = makeProject()
  const results = []
  for (const command of [JSON.parse(vercel).buildCommand, build.command])
    results.push(await shell(directory, command, { CONTEXT: 'production', CI: '1' }))
  const built = { code: 0, stdout: 'npm run build < DATABASE_URL MAPS_API_KEY\n' }
  expect(results.map(({ code, stdout }) => ({ code, stdout }))).toEqual([built, built])
  expect(results[0]?.stderr).toBe(
    `${withheld}AWS_ENDPOINT_URL_SSM, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY\n`,
  )
})

test('package-scripts.md: npm start starts the server, with arguments, and npm test has a clean environment', async () => {
  const [scripts = ''] = codeBlocks('deploy/package-scripts.md', 'json')
  const directory = makeProject({
    'package.json': scripts,
    'migrate.js': stub('migrate').replace(/^.*\n/, ''),
    'x.test.js': "console.log('# has ' + Object.keys(process.env).includes('AWS_ACCESS_KEY_ID'))",
  })
  const env = { STANCH_VAULT: 'ssm:/shop' }
  await putParameters(aws.origin, '/shop/test/', { DB_PASSWORD: 'x' })
  const npm = process.env.PATH?.split(':').map(folder => join(folder, 'npm'))
  const run = (...words: string[]) =>
    shell(
      directory,
      `for npm in ${npm?.join(' ')}; do [ -x $npm ] && exec $npm --silent ${words.join(' ')}; done`,
      env,
    )
  expect((await run('start', '--', '--port', '80')).stdout).toBe(
    'server --port 80 < DATABASE_URL DEPLOY_TOKEN MAPS_API_KEY NPM_TOKEN\n',
  )
  expect((await shell(directory, JSON.parse(scripts).scripts.migrate, env)).stdout).toBe('migrate < \n')
  const { code, stdout } = await run('test')
  expect({ code, clean: stdout.includes('# has false') }).toEqual({ code: 0, clean: true })
  expect(JSON.parse(scripts).scripts.dev).toMatch(/^stanch run --watch -- node /)
})
