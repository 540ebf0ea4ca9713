import { execFileSync, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test, vi } from 'vitest'
import {
  digestOf,
  dockerArchiveOf,
  type FakeRegistry,
  layoutOf,
  makeImage,
  makeLayerTar,
  makeManyFiles,
  serveRegistry,
} from '../support/make-image.ts'
import { makeDirectory, writeFiles } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

interface Scanned {
  code: number | null
  stderr: string
  places: string[]
  skipped: string[]
  complete: boolean
  text: string
}

/** In a process of its own, while this one answers it as a registry. */
async function scan(cwd: string, ...args: string[]): Promise<Scanned> {
  const { NODE_EXTRA_CA_CERTS, DOCKER_HOST, ...env } = process.env
  const child = spawn(process.execPath, [cli, 'scan', '--format', 'json', ...args], {
    cwd,
    env: { ...env, HOME: cwd, XDG_CACHE_HOME: join(cwd, 'cache'), XDG_CONFIG_HOME: join(cwd, 'config') },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', data => (stdout += data))
  child.stderr.on('data', data => (stderr += data))
  const code = await new Promise<number | null>(resolve => child.on('close', resolve))
  if (stdout === '') return { code, stderr, places: [], skipped: [], complete: false, text: '' }
  const { findings, coverage } = JSON.parse(stdout)
  const places = findings.flatMap((finding: { places: Place[] }) => finding.places.map(describe))
  const skipped = coverage.skipped.flatMap(({ reason, examples }: { reason: string; examples: string[] }) =>
    examples.map(example => `${reason} ${example}`),
  )
  return { code, stderr, places: places.sort(), skipped, complete: coverage.complete, text: stdout }
}

interface Place {
  kind: string
  path?: string
  field?: string
  deletedLater?: boolean
  inBaseImage?: boolean
}

function describe({ kind, path, field, deletedLater, inBaseImage }: Place): string {
  return `${kind} ${path ?? field}${deletedLater ? ' deleted' : ''}${inBaseImage ? ' base' : ''}`
}

const line = (number: number) => `key = ${makeToken(number)}\n`

async function makeShop() {
  const layers = [
    {
      tar: await makeLayerTar({
        './app/.env': line(1),
        'opt/old/a': line(2),
        'etc/kept': line(3),
        'etc/linked': { type: 'link', linkname: './app/.env' },
        'dev/null': { type: 'character-device' },
      }),
      createdBy: '/bin/sh -c #(nop) ADD file:1 in / ',
    },
    {
      tar: await makeLayerTar({
        'app/.wh..env': '',
        'opt/old/.wh..wh..opq': '',
        'opt/old/b': line(4),
        '../../outside': line(5),
      }),
      createdBy: `RUN |1 TOKEN=${makeToken(6)} /bin/sh -c make`,
    },
  ]
  const config = {
    Env: [`STRIPE=${makeToken(7)}`],
    Labels: { note: makeToken(8) },
    Cmd: ['run', makeToken(9)],
  }
  return { layers, image: makeImage(layers, config) }
}

const shopPlaces = [
  'image-config Cmd',
  'image-config Env.STRIPE',
  'image-config Labels.note',
  'image-config history[1]',
  'layer ../../outside',
  'layer app/.env deleted',
  'layer etc/kept',
  'layer etc/linked',
  'layer opt/old/a deleted',
  'layer opt/old/b',
]

async function startRegistry(...args: Parameters<typeof serveRegistry>): Promise<FakeRegistry> {
  const registry = await serveRegistry(...args)
  onTestFinished(() => registry.close())
  return registry
}

test('a layout, an archive of it, what docker save writes and a registry give the same', async () => {
  const { layers, image } = await makeShop()
  const layout = layoutOf(image)
  const saved = await dockerArchiveOf(image, layers, 'shop:1')
  const directory = makeDirectory({
    'oci.tar': await makeLayerTar(layout),
    'save.tar': saved,
    'save.tar.gz': gzipSync(saved),
    ...Object.fromEntries(Object.entries(layout).map(([name, bytes]) => [`img/${name}`, bytes])),
  })
  const { host } = await startRegistry(image)
  const wanted = { code: 1, places: shopPlaces, skipped: ['device dev/null'], complete: true, stderr: '' }
  const references = [
    'oci:img',
    'img',
    'oci-archive:oci.tar:latest',
    'docker-archive:save.tar',
    'save.tar.gz',
  ]
  for (const reference of references)
    expect(await scan(directory, '--no-cache', '--image', reference)).toMatchObject(wanted)
  expect(await scan(directory, '--plain-http', '--image', `${host}/a/shop:1`)).toMatchObject(wanted)
})

test('secrets in files of published packages are counted, not shown, in whatever way the image comes', async () => {
  const large = Buffer.concat([Buffer.alloc(2.2e6, 'x\n'), Buffer.from(line(1))])
  const zipped = gzipSync(line(2))
  const brought = { 'usr/lib/large.so': large, 'usr/share/a.gz': zipped, 'usr/share/b': Buffer.from(line(3)) }
  const sums = Object.entries(brought).map(
    ([path, bytes]) => `${createHash('md5').update(bytes).digest('hex')}  ${path}\n`,
  )
  const layers = [
    {
      tar: await makeLayerTar({
        ...brought,
        'usr/lib/own.so': line(4),
        'var/lib/dpkg/info/a.md5sums': sums.join(''),
        'var/lib/dpkg/status': 'Package: a\nMaintainer: A <a@lists.debian.org>\n',
      }),
    },
    { tar: await makeLayerTar({ 'usr/share/b': line(5), 'usr/share/c': line(3) }) },
  ]
  const image = makeImage(layers, {})
  const saved = await dockerArchiveOf(image, layers, 'a:1')
  const directory = makeDirectory({ ...layoutOf(image), 'save.tar.gz': gzipSync(saved) })
  for (const reference of ['oci:.', 'save.tar.gz']) {
    const { places, text } = await scan(directory, '--image', reference)
    expect(places).toEqual([
      'layer usr/lib/own.so',
      'layer usr/share/b',
      // What stands elsewhere as well is shown with all its places.
      'layer usr/share/b deleted',
      'layer usr/share/c',
    ])
    expect(JSON.parse(text).suppressions).toEqual({
      allowed: 0,
      published: 2,
      baseline: 0,
      unused: [],
      expired: [],
    })
  }
})

test('a place says image, layer and instruction, and no secret that stands in the instruction', async () => {
  const { image } = await makeShop()
  const directory = makeDirectory(layoutOf(image))
  const { text } = await scan(directory, '--image', 'oci:.')
  const places = JSON.parse(text).findings.flatMap((finding: { places: object[] }) => finding.places)
  expect(places).toContainEqual({
    kind: 'layer',
    image: 'oci:.',
    layer: image.layers[1],
    diffId: image.diffIds[1],
    path: 'opt/old/b',
    line: 1,
    column: 7,
    endLine: 1,
    endColumn: 39,
    deletedLater: false,
    createdBy: expect.stringMatching(/^RUN \|1 TOKEN=sk_l…\(32\)….{4} \/bin\/sh -c make$/),
  })
  expect(text).not.toContain(makeToken(6))
})

test('a second scan gives the same from the cache, which holds no value', async () => {
  const { image } = await makeShop()
  const directory = makeDirectory(layoutOf(image))
  const stable = ({ text }: Scanned) => ({ ...JSON.parse(text), started: '', durationMs: 0 })
  const first = await scan(directory, '--image', 'oci:.')
  const cached = readdirSync(join(directory, 'cache/stanch/layers'))
  expect(cached).toHaveLength(2)
  for (const name of cached)
    expect(readFileSync(join(directory, 'cache/stanch/layers', name), 'utf8')).not.toMatch(/sk_live_\w{9}/)
  const second = await scan(directory, '--image', 'oci:.')
  expect(stable(second)).toEqual(stable(first))
  expect((await scan(directory, '--show-secrets', '--image', 'oci:.')).text).toContain(makeToken(4))
})

test('layers that are damaged, cut off or a bomb are told, and what comes before that is read', async () => {
  const tar = await makeLayerTar({ a: line(1) })
  const long = await makeLayerTar({ b: line(2), c: Buffer.alloc(100_000, 'xyz ') })
  const bomb = await makeLayerTar({ d: line(3), zeros: Buffer.alloc(64 * 1024 * 1024) })
  const image = makeImage([{ tar }, { tar: long, stored: long.subarray(0, 50_000) }, { tar: bomb }])
  const [first = '', second = '', third = ''] = image.layers
  const other = gzipSync(await makeLayerTar({ a: line(4) }))
  const directory = makeDirectory({ ...layoutOf(image), [`blobs/${first.replace(':', '/')}`]: other })
  expect(await scan(directory, '--image', 'oci:.')).toMatchObject({
    code: 1,
    places: ['layer a', 'layer b', 'layer d'],
    skipped: [
      `archive-limit layer ${third} (a bomb)`,
      'archive-limit zeros',
      `corrupt-archive layer ${second} (ends too early)`,
      expect.stringMatching(new RegExp(`^corrupt-object layer ${first} `)),
    ],
  })
})

test('a layer of 100,000 files gives the same whatever the number of threads', async () => {
  const tar = makeManyFiles(100_000, i => (i % 9_973 === 5 ? line(i) : 'nothing here\n'))
  // So large that it is searched by several threads, in parts.
  const text = Buffer.alloc(17 * 1024 * 1024, 'lorem ipsum dolor sit amet\n')
  text.write(`\n${line(1)}`, 9 * 1024 * 1024)
  const large = await makeLayerTar({ noise: randomBytes(9 * 1024 * 1024), text })
  const directory = makeDirectory(layoutOf(makeImage([{ tar }, { tar: large }])))
  const [one, ...others] = await Promise.all(
    ['1', '2', '3'].map(jobs => scan(directory, '--no-cache', '--jobs', jobs, '--image', 'oci:.')),
  )
  expect(one).toMatchObject({ code: 1, stderr: '', skipped: [] })
  expect(one?.places).toHaveLength(12)
  const { started, durationMs, ...report } = JSON.parse(one?.text ?? '')
  expect(report.coverage).toMatchObject({ complete: true, items: 100_003 })
  for (const other of others) expect(JSON.parse(other.text)).toMatchObject(report)
  // So large that others help the one that unpacks it.
  const packed = makeDirectory()
  execFileSync('tar', ['czf', join(packed, 'a.tgz'), '-C', directory, 'blobs', 'index.json', 'oci-layout'])
  const passing = await Promise.all(
    ['1', '3'].map(jobs => scan(packed, '--no-cache', '--jobs', jobs, '--image', 'oci-archive:a.tgz')),
  )
  for (const { places, text } of passing)
    expect([places, JSON.parse(text).coverage]).toEqual([one?.places, report.coverage])
}, 120_000)

test('layers of the base image are told apart', async () => {
  const [base, own] = [await makeLayerTar({ a: line(1) }), await makeLayerTar({ b: line(2) })]
  const image = makeImage([{ tar: base }, { tar: own }])
  const config = JSON.parse(image.config.toString())
  config.history.splice(1, 0, { created_by: 'CMD ["bash"]', empty_layer: true })
  const directory = makeDirectory({
    'manifest.json': JSON.stringify([
      { Config: 'config.json', RepoTags: ['a:1'], Layers: ['0.tar', '1.tar'] },
    ]),
    'config.json': JSON.stringify(config),
    '0.tar': base,
    '1.tar': own,
  })
  expect(await scan(directory, '--image', 'docker-archive:.')).toMatchObject({
    places: ['layer a base', 'layer b'],
  })
})

test('a registry that wants a token, leads elsewhere, is busy and breaks off is read to the end', async () => {
  const tar = await makeLayerTar({ a: line(1), noise: Buffer.alloc(300_000, 'lorem ipsum ') })
  const image = makeImage([{ tar, stored: tar }])
  const elsewhere = await startRegistry(image, (request, response) => {
    expect(request.headers.authorization).toBeUndefined()
    const bytes = image.blobs.get(request.url?.slice(1) ?? '') ?? Buffer.alloc(0)
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
    response.writeHead(from ? 206 : 200, { 'content-length': bytes.length - from })
    // Half of it, and then nothing.
    if (from === 0) response.write(bytes.subarray(0, 100_000), () => response.destroy())
    else response.end(bytes.subarray(from))
    return true
  })
  let busy = 2
  const registry = await startRegistry(image, (request, response) => {
    const { authorization } = request.headers
    if (request.url?.startsWith('/token')) {
      const isKnown = authorization === `Basic ${Buffer.from('ann:pa').toString('base64')}`
      response.writeHead(isKnown ? 200 : 401).end(JSON.stringify({ token: 'abc' }))
    } else if (authorization !== 'Bearer abc') {
      const realm = `http://${request.headers.host}/token`
      response
        .writeHead(401, { 'www-authenticate': `Bearer realm="${realm}",service="s",scope="pull"` })
        .end()
    } else if (busy-- > 0) response.writeHead(503).end()
    else if (request.url?.endsWith(image.layers[0] ?? '-'))
      response.writeHead(307, { location: `http://${elsewhere.host}/${image.layers[0]}` }).end()
    else return false
    return true
  })
  const auths = { [registry.host]: { auth: Buffer.from('ann:pa').toString('base64') } }
  const directory = makeDirectory({ '.docker/config.json': JSON.stringify({ auths }) })
  expect(await scan(directory, '--plain-http', '--image', `${registry.host}/a`)).toMatchObject({
    code: 1,
    places: ['layer a'],
    skipped: [],
  })
  expect(await scan(makeDirectory(), '--plain-http', '--image', `${registry.host}/a`)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('gives no token'),
  })
})

/** A registry that gives its image to ann only, who has the password `pa`. */
async function startLocked(...[image]: Parameters<typeof serveRegistry>): Promise<FakeRegistry> {
  return startRegistry(image, ({ headers }, response) => {
    if (headers.authorization === `Basic ${Buffer.from('ann:pa').toString('base64')}`) return false
    response.writeHead(401, { 'www-authenticate': 'Basic realm="r"' }).end()
    return true
  })
}

/** A credential helper: `answer` is the shell that it consists of. */
function writeHelper(directory: string, name: string, answer: string): void {
  writeFiles(directory, { [`bin/docker-credential-${name}`]: `#!/bin/sh\n${answer}\n` })
  chmodSync(join(directory, `bin/docker-credential-${name}`), 0o755)
}

test('a credential helper is asked for the login of a registry, and says what is wrong with it', async () => {
  const image = makeImage([{ tar: await makeLayerTar({ a: line(1) }) }])
  const { host } = await startLocked(image)
  const directory = makeDirectory({
    '.docker/config.json': JSON.stringify({ credsStore: 'none', credHelpers: { [host]: 'fake' } }),
  })
  vi.stubEnv('PATH', `${join(directory, 'bin')}:${process.env.PATH}`)
  onTestFinished(() => void vi.unstubAllEnvs())
  const read = () => scan(directory, '--plain-http', '--image', `${host}/a`)
  expect((await read()).stderr).toBe(
    `stanch: cannot start docker-credential-fake, which the Docker config names for ${host} (ENOENT)\n  Install it, or log in without it.\n`,
  )
  const answer = JSON.stringify({ ServerURL: host, Username: 'ann', Secret: 'pa' })
  writeHelper(directory, 'fake', `[ "$1" = get ] && read host && [ "$host" = ${host} ] && echo '${answer}'`)
  expect(await read()).toMatchObject({ code: 1, places: ['layer a'], stderr: '' })
  writeHelper(directory, 'fake', 'echo surprise')
  const failed = await read()
  expect(failed).toMatchObject({ code: 2, text: '' })
  expect(failed.stderr).toBe(
    'stanch: docker-credential-fake gives no answer that is known\n  Log in anew, or without it.\n',
  )
  // It just knows no login.
  writeHelper(directory, 'fake', 'exit 1')
  expect((await read()).stderr).toContain('does not let strangers read')
})

test('what refers to an image is read, by the API for it or by the tag that stands in for that', async () => {
  const image = makeImage([{ tar: await makeLayerTar({ a: line(1) }) }])
  const bill = makeImage([{ tar: Buffer.from('-'), stored: Buffer.from(`{"note": "${makeToken(2)}"}`) }])
  const { manifest, blobs } = bill
  const list = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [
      {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest: manifest,
        size: blobs.get(manifest)?.length,
      },
    ],
  })
  const all = { ...image, blobs: new Map([...image.blobs, ...blobs]) }
  for (const path of [`referrers/${image.manifest}`, `manifests/${image.manifest.replace(':', '-')}`]) {
    const { host } = await startRegistry(all, (request, response) => {
      if (!request.url?.endsWith(path)) return false
      response.end(list)
      return true
    })
    expect(await scan(makeDirectory(), '--plain-http', '--image', `${host}/a`)).toMatchObject({
      places: ['layer a', 'layer blob'],
      skipped: [],
      stderr: '',
    })
  }
})

test('a registry that stays busy or breaks off for good is told, and what came before that counts', async () => {
  const tar = await makeLayerTar({ a: line(1), noise: randomBytes(400_000) })
  const image = makeImage([{ tar, stored: tar }])
  const [layer = ''] = image.layers
  const { host, requests } = await startRegistry(image, ({ url }, response) => {
    if (!url?.endsWith(layer)) return false
    const isFirst = requests.filter(request => request.endsWith(layer)).length === 1
    if (!isFirst) response.writeHead(503, { 'retry-after': '0' }).end()
    else {
      response.writeHead(200, { 'content-length': tar.length })
      response.write(tar.subarray(0, 200_000), () => response.destroy())
    }
    return true
  })
  expect(await scan(makeDirectory(), '--plain-http', '--image', `${host}/a`)).toMatchObject({
    code: 1,
    places: ['layer a'],
    skipped: [expect.stringMatching(/^unreadable layer sha256:/)],
  })
  expect(requests.filter(request => request.endsWith(layer)).length).toBeGreaterThan(4)
}, 60_000)

test('of an image for several platforms the wanted one is read, with what was attested about it', async () => {
  const [amd, arm] = [
    makeImage([{ tar: await makeLayerTar({ amd: line(1) }) }]),
    makeImage([{ tar: await makeLayerTar({ arm: line(2) }) }]),
  ]
  const about = makeImage([
    { tar: Buffer.from(line(3)), stored: Buffer.from(JSON.stringify({ a: line(3) })) },
  ])
  const describeImage = ({ manifest, blobs }: typeof amd, architecture: string, annotations = {}) => ({
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: manifest,
    size: blobs.get(manifest)?.length,
    platform: { os: architecture === 'unknown' ? 'unknown' : 'linux', architecture },
    annotations,
  })
  const attests = {
    'vnd.docker.reference.type': 'attestation-manifest',
    'vnd.docker.reference.digest': arm.manifest,
  }
  const manifests = [
    describeImage(amd, 'amd64'),
    describeImage(arm, 'arm64'),
    describeImage(about, 'unknown', attests),
  ]
  const directory = makeDirectory({
    ...layoutOf(amd),
    ...layoutOf(about),
    ...layoutOf(arm),
    'index.json': JSON.stringify({ schemaVersion: 2, manifests: [] }),
  })
  const index = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests }))
  writeFiles(directory, {
    'index.json': JSON.stringify({
      schemaVersion: 2,
      manifests: [{ mediaType: 'x', digest: digestOf(index), size: index.length }],
    }),
    [`blobs/${digestOf(index).replace(':', '/')}`]: index,
  })
  const places = async (platform: string) =>
    (await scan(directory, '--image', 'oci:.', '--platform', platform)).places
  expect(await places('linux/arm64')).toEqual(['layer arm', 'layer blob'])
  expect(await places('all')).toEqual(expect.arrayContaining(['layer amd', 'layer arm']))
  expect(await scan(directory, '--image', 'oci:.', '--platform', 'linux/s390x')).toMatchObject({ code: 2 })
})

test('an image of a daemon comes by its socket', async () => {
  const { layers, image } = await makeShop()
  const saved = await dockerArchiveOf(image, layers, 'shop:1')
  const directory = makeDirectory({ '.keep': '' })
  const server = createServer((request, response) => {
    if (request.url === '/images/shop%3A1/get') response.end(saved)
    else response.writeHead(404).end('{"message":"no such image"}')
  })
  const socket = join(directory, 'd.sock')
  await new Promise<void>(resolve => server.listen(socket, resolve))
  onTestFinished(() => void server.close())
  process.env.CONTAINER_HOST = `unix://${socket}`
  onTestFinished(() => void delete process.env.CONTAINER_HOST)
  expect(await scan(directory, '--image', 'docker-daemon:shop:1')).toMatchObject({ places: shopPlaces })
  expect(await scan(directory, '--image', 'docker-daemon:none')).toMatchObject({
    code: 2,
    stderr: `stanch: the daemon at ${socket} does not give "none": no such image\n  List its images with "docker images" or "podman images".\n`,
  })
})
