import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { findProgram } from '../support/find-program.ts'
import { runCli } from '../support/run-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const howToInstall =
  'apt-get install apache2-utils buildah busybox-static docker-registry skopeo umoci (as .ci/run does)'

function run(cwd: string, program: string, ...args: string[]): string {
  const env = { ...process.env, BUILDAH_ISOLATION: 'chroot', STORAGE_DRIVER: 'vfs' }
  const { status, stdout, stderr } = spawnSync(findProgram(program, howToInstall), args, {
    cwd,
    env,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`)
  return stdout
}

function scan(cwd: string, ...args: string[]) {
  const { code, stdout, stderr } = runCli(['scan', '--format', 'json', ...args], {
    cwd,
    env: { HOME: cwd, XDG_CACHE_HOME: join(cwd, 'cache') },
  })
  if (stdout === '') return { code, stderr, places: [], complete: false }
  const { findings, coverage } = JSON.parse(stdout)
  const places: string[] = findings.flatMap((finding: { places: Record<string, unknown>[] }) =>
    finding.places.map(place => `${place.path ?? place.field}${place.deletedLater ? ' deleted' : ''}`),
  )
  return { code, stderr, places: [...new Set(places)].sort(), complete: coverage.complete }
}

/** Two layers by umoci: a file, and that it is gone. */
function makeWithUmoci(cwd: string): void {
  const change = (action: (root: string) => void, by: string) => {
    run(cwd, 'umoci', 'unpack', '--rootless', '--image', 'img:app', 'bundle')
    action(join(cwd, 'bundle/rootfs'))
    run(cwd, 'umoci', 'repack', '--image', 'img:app', '--history.created_by', by, 'bundle')
    rmSync(join(cwd, 'bundle'), { recursive: true })
  }
  run(cwd, 'umoci', 'init', '--layout', 'img')
  run(cwd, 'umoci', 'new', '--image', 'img:app')
  change(root => {
    mkdirSync(join(root, 'app'))
    writeFileSync(join(root, 'app/.env'), `A=${makeToken(1)}\n`)
    writeFileSync(join(root, 'app/kept'), `B=${makeToken(2)}\n`)
  }, 'COPY . /app')
  change(root => rmSync(join(root, 'app/.env')), `RUN |1 T=${makeToken(3)} rm /app/.env`)
  run(cwd, 'umoci', 'config', '--image', 'img:app', '--config.env', `STRIPE=${makeToken(4)}`)
}

const places = ['Env.STRIPE', 'app/.env deleted', 'app/kept', 'history[1]']

test('what umoci makes and skopeo copies is read the same in every form', () => {
  const cwd = makeDirectory()
  makeWithUmoci(cwd)
  run(cwd, 'skopeo', 'copy', '-q', 'oci:img:app', 'docker-archive:save.tar:demo/app:1')
  run(cwd, 'skopeo', 'copy', '-q', 'oci:img:app', 'oci-archive:oci.tar:app')
  run(cwd, 'skopeo', 'copy', '-q', '--dest-compress-format', 'zstd', 'oci:img:app', 'oci:zstd:app')
  run(cwd, 'skopeo', 'copy', '-q', '--dest-decompress', 'oci:img:app', 'dir:plain')
  for (const reference of ['oci:img:app', 'save.tar', 'oci-archive:oci.tar', 'oci:zstd', 'dir:plain'])
    expect(scan(cwd, '--no-cache', '--image', reference)).toEqual({
      code: 1,
      stderr: '',
      places,
      complete: true,
    })
})

test('a Dockerfile that buildah runs is read with its build arguments and what it deletes', () => {
  const cwd = makeDirectory({
    Dockerfile: [
      'FROM scratch',
      'COPY busybox /bin/sh',
      'COPY secret /secret',
      'ARG TOKEN',
      'RUN echo done > /done',
      'RUN ["/bin/sh", "-c", "/bin/sh rm /secret || exec -a rm /bin/sh /secret"]',
      '',
    ].join('\n'),
    secret: `key = ${makeToken(5)}\n`,
  })
  spawnSync('cp', [findProgram('busybox', howToInstall), join(cwd, 'busybox')])
  const storage = ['--root', join(cwd, 'store'), '--runroot', join(cwd, 'run')]
  const build = [...storage, 'bud', '--layers', '--build-arg', `TOKEN=${makeToken(6)}`, '-t', 'demo', '.']
  run(cwd, 'buildah', ...build)
  run(cwd, 'buildah', ...storage, 'push', '-q', 'demo', 'docker-archive:demo.tar:demo:1')
  expect(scan(cwd, '--image', 'docker-archive:demo.tar').places).toEqual(
    expect.arrayContaining(['secret deleted', expect.stringMatching(/^history\[\d\]$/)]),
  )
})

test('layers of the image that buildah built on are told apart, and it is named', () => {
  const cwd = makeDirectory({
    'base/Dockerfile': 'FROM scratch\nCOPY first second /\n',
    'base/first': `key = ${makeToken(5)}\n`,
    'base/second': `key = ${makeToken(6)}\n`,
    'app/Dockerfile': 'FROM localhost/ground:1\nCOPY third /\nCOPY first /\n',
    'app/third': `key = ${makeToken(7)}\n`,
    'app/first': `key = ${makeToken(8)}\n`,
  })
  const storage = ['--root', join(cwd, 'store'), '--runroot', join(cwd, 'run')]
  run(cwd, 'buildah', ...storage, 'bud', '--layers', '-t', 'localhost/ground:1', 'base')
  run(cwd, 'buildah', ...storage, 'bud', '--layers', '-t', 'demo', 'app')
  run(cwd, 'buildah', ...storage, 'push', '-q', 'demo', 'oci:demo:1')
  const { stdout } = runCli(['scan', '--format', 'json', '--image', 'oci:demo'], { cwd, env: { HOME: cwd } })
  const told = JSON.parse(stdout).findings.flatMap((finding: { places: Record<string, unknown>[] }) =>
    finding.places.map(
      place => `${place.path} ${place.deletedLater} ${place.baseImage ?? place.inBaseImage}`,
    ),
  )
  expect(told.sort()).toEqual([
    'first false undefined',
    'first true localhost/ground:1',
    'second false localhost/ground:1',
    'third false undefined',
  ])
})

test('docker-registry is read with and without login and TLS', async () => {
  const cwd = makeDirectory()
  makeWithUmoci(cwd)
  const plain = await startRegistry(cwd, '')
  const locked = await startLockedRegistry(cwd)
  run(cwd, 'skopeo', 'copy', '-q', '--dest-tls-verify=false', 'oci:img:app', `docker://${plain}/demo/app:1`)
  const found = { code: 1, stderr: '', places, complete: true }
  expect(scan(cwd, '--plain-http', '--image', `${plain}/demo/app:1`)).toEqual(found)
  expect(scan(cwd, '--image', `${locked}/demo/app:1`).stderr).toContain('its certificate is not trusted')
  const trusted = ['--no-cache', '--ca-file', 'ca.crt', '--image', `${locked}/demo/app:1`]
  expect(scan(cwd, ...trusted).stderr).toContain('does not let strangers read')
  const auths = { [locked]: { auth: Buffer.from('ann:pa').toString('base64') } }
  mkdirSync(join(cwd, '.docker'))
  writeFileSync(join(cwd, '.docker/config.json'), JSON.stringify({ auths }))
  expect(scan(cwd, ...trusted)).toEqual(found)
})

test('what buildah and skopeo push with login and TLS is read with both', async () => {
  const cwd = makeDirectory({ Dockerfile: 'FROM scratch\nCOPY key /key\n', key: `key = ${makeToken(8)}\n` })
  const host = await startLockedRegistry(cwd)
  const storage = ['--root', join(cwd, 'store'), '--runroot', join(cwd, 'run')]
  run(cwd, 'buildah', ...storage, 'bud', '--layers', '-t', 'demo', '.')
  mkdirSync(join(cwd, 'certs'))
  copyFileSync(join(cwd, 'ca.crt'), join(cwd, 'certs/ca.crt'))
  const login = ['--creds', 'ann:pa', '--cert-dir', 'certs']
  run(cwd, 'buildah', ...storage, 'push', '-q', ...login, 'demo', `docker://${host}/demo/built:1`)
  const copy = ['copy', '-q', '--src-creds', 'ann:pa', '--src-cert-dir', 'certs', '--dest-creds', 'ann:pa']
  const old = ['--dest-cert-dir', 'certs', '--format', 'v2s2']
  run(cwd, 'skopeo', ...copy, ...old, `docker://${host}/demo/built:1`, `docker://${host}/demo/copied:1`)
  const auths = { [host]: { auth: Buffer.from('ann:pa').toString('base64') } }
  mkdirSync(join(cwd, '.docker'))
  writeFileSync(join(cwd, '.docker/config.json'), JSON.stringify({ auths }))
  for (const name of ['built', 'copied'])
    expect(scan(cwd, '--no-cache', '--ca-file', 'ca.crt', '--image', `${host}/demo/${name}:1`)).toEqual({
      code: 1,
      stderr: '',
      places: ['key'],
      complete: true,
    })
})

/** A registry with a certificate of its own (ca.crt), for ann with the password `pa`. */
async function startLockedRegistry(cwd: string): Promise<string> {
  const certificate = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
  ]
  const names = ['-addext', 'subjectAltName=DNS:localhost', '-keyout', 'server.key', '-out', 'ca.crt']
  run(cwd, 'openssl', ...certificate, ...names)
  writeFileSync(join(cwd, 'logins'), run(cwd, 'htpasswd', '-Bbn', 'ann', 'pa'))
  return startRegistry(
    cwd,
    ', tls: {certificate: ca.crt, key: server.key}}\nauth: {htpasswd: {realm: x, path: logins}',
  )
}

async function startRegistry(cwd: string, more: string): Promise<string> {
  const port = await freePort()
  const config = `version: 0.1\nstorage: {filesystem: {rootdirectory: ./registry}}\nhttp: {addr: "127.0.0.1:${port}"${more}}\n`
  writeFileSync(join(cwd, `${port}.yml`), config)
  const program = findProgram('docker-registry', howToInstall)
  const server: ChildProcess = spawn(program, ['serve', `${port}.yml`], { cwd, stdio: 'ignore' })
  onTestFinished(() => void server.kill())
  await wait(1500)
  return `localhost:${port}`
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
