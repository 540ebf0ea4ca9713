/**
 * How long an image takes beside `gzip -dc` of its layers: packs directories of this machine as layers of an OCI layout,
 * a layer each. Usage: tsx bench/images/image.ts [DIRECTORY…]; with BENCH_FOLDER set the layout is kept there.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const given = process.argv.slice(2)
const directories = given.length ? given : ['/usr/share', join(dirname(dirname(cli)), 'node_modules')]
const folder = process.env.BENCH_FOLDER ?? mkdtempSync(join(tmpdir(), 'stanch-bench-'))
const layout = join(folder, 'image')
const blobs = join(layout, 'blobs/sha256')
const cache = join(folder, 'cache')

if (!existsSync(layout)) makeLayout()
const layers = readdirSync(blobs).map(name => join(blobs, name))
const packed = layers.filter(path => readFileSync(path).subarray(0, 2).toString('hex') === '1f8b')
const gzip = best(3, () => time('sh', ['-c', 'for f; do gzip -dc "$f"; done | wc -c', 'sh', ...packed], {}))
const first = best(3, () => {
  rmSync(cache, { recursive: true, force: true })
  return scan()
})
const second = best(3, scan)
console.log(`gzip -dc            ${gzip.seconds.toFixed(2)} s   ${(Number(gzip.text) / 1e6).toFixed(0)} MB`)
for (const [name, { seconds, megabytes, text }] of Object.entries({ first, second })) {
  const ratio = (seconds / gzip.seconds).toFixed(2)
  console.log(
    `${name.padEnd(6)} scan         ${seconds.toFixed(2)} s   ${ratio} ×   ${megabytes} MB   ${text}`,
  )
}
if (process.env.BENCH_FOLDER === undefined) rmSync(folder, { recursive: true })

interface Timed {
  seconds: number
  megabytes: number
  text: string
}

function scan(): Timed {
  const args = ['-v', process.execPath, cli, 'scan', '--image', `oci:${layout}`, '--format', 'json']
  const timed = time('/usr/bin/time', args, { XDG_CACHE_HOME: cache })
  const { findings, coverage } = JSON.parse(timed.text)
  return { ...timed, text: `${findings.length} findings, ${coverage.items} files` }
}

function time(program: string, args: string[], env: NodeJS.ProcessEnv): Timed {
  const { NODE_EXTRA_CA_CERTS, ...inherited } = process.env
  const start = performance.now()
  const { stdout, stderr } = spawnSync(program, args, {
    env: { ...inherited, ...env },
    encoding: 'utf8',
    maxBuffer: 1e9,
  })
  const seconds = (performance.now() - start) / 1000
  const [, kilobytes = '0'] = /Maximum resident set size \(kbytes\): (\d+)/.exec(stderr) ?? []
  return { seconds, megabytes: Math.round(Number(kilobytes) / 1024), text: stdout.trim() }
}

function best(times: number, measure: () => Timed): Timed {
  const all = Array.from({ length: times }, measure)
  return all.sort((a, b) => a.seconds - b.seconds)[0] as Timed
}

function makeLayout(): void {
  mkdirSync(blobs, { recursive: true })
  const made = directories.map(directory => {
    const tar = join(folder, 'layer.tar')
    execFileSync('tar', ['cf', tar, '--ignore-failed-read', '-C', dirname(directory), basename(directory)], {
      stdio: ['ignore', 'ignore', 'ignore'],
    })
    const diffId = digestOf(tar)
    execFileSync('gzip', ['-6', tar])
    return { diffId, layer: store(`${tar}.gz`, 'application/vnd.oci.image.layer.v1.tar+gzip') }
  })
  const config = {
    architecture: 'amd64',
    os: 'linux',
    config: { Cmd: ['sh'] },
    rootfs: { type: 'layers', diff_ids: made.map(({ diffId }) => diffId) },
    history: directories.map(directory => ({ created_by: `COPY ${directory} / # buildkit` })),
  }
  const manifest = {
    schemaVersion: 2,
    config: storeJson(config, 'application/vnd.oci.image.config.v1+json'),
    layers: made.map(({ layer }) => layer),
  }
  const index = {
    schemaVersion: 2,
    manifests: [storeJson(manifest, 'application/vnd.oci.image.manifest.v1+json')],
  }
  writeFileSync(join(layout, 'index.json'), JSON.stringify(index))
  writeFileSync(join(layout, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
}

function storeJson(value: unknown, mediaType: string) {
  const path = join(folder, 'document.json')
  writeFileSync(path, JSON.stringify(value))
  return store(path, mediaType)
}

function store(path: string, mediaType: string) {
  const digest = digestOf(path)
  execFileSync('mv', [path, join(blobs, digest.slice('sha256:'.length))])
  const size = Number(execFileSync('stat', ['-c', '%s', join(blobs, digest.slice('sha256:'.length))]))
  return { mediaType, digest, size }
}

function digestOf(path: string): string {
  return `sha256:${execFileSync('sha256sum', [path]).toString().slice(0, 64)}`
}
