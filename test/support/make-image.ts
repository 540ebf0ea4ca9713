/** Small images without the programs that make them; those are used in test/real. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { packTar, type TarEntry } from 'modern-tar'

export interface ImageLayer {
  /** The tar in it. */
  tar: Buffer
  createdBy?: string
  /** Stored bytes, where they are not the tar packed by gzip. */
  stored?: Buffer
}

export interface MadeImage {
  /** Blobs by their digest. */
  blobs: Map<string, Buffer>
  manifest: string
  layers: string[]
  diffIds: string[]
  config: Buffer
}

export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** Files, and what is no file by its header. */
export async function makeLayerTar(
  files: Readonly<Record<string, string | Buffer | Partial<TarEntry['header']>>>,
): Promise<Buffer> {
  const entries = Object.entries(files).map(([name, content]) =>
    typeof content === 'string' || Buffer.isBuffer(content)
      ? { header: { name, size: Buffer.byteLength(content), mtime: new Date(0) }, body: content }
      : { header: { name, size: 0, mtime: new Date(0), ...content } },
  )
  return Buffer.from(await packTar(entries as TarEntry[]))
}

/** The tar of so many small files, made at once. */
export function makeManyFiles(count: number, textOf: (i: number) => string): Buffer {
  const blocks = Buffer.alloc((count * 2 + 2) * 512)
  for (let i = 0; i < count; i++) {
    const header = blocks.subarray(i * 1024, i * 1024 + 512)
    const text = textOf(i)
    header.write(`d${i % 100}/f${i}`)
    header.write(`0000644\0${'0000000\0'.repeat(2)}`, 100)
    header.write(`${text.length.toString(8).padStart(11, '0')}\0${'0'.repeat(11)}\0        0`, 124)
    header.write('ustar\0' + '00', 257)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    blocks.write(text, i * 1024 + 512)
  }
  return blocks
}

export function makeImage(
  layers: readonly ImageLayer[],
  config: object = {},
  empty: object[] = [],
): MadeImage {
  const blobs = new Map<string, Buffer>()
  const put = (bytes: Buffer) => {
    blobs.set(digestOf(bytes), bytes)
    return { digest: digestOf(bytes), size: bytes.length }
  }
  const stored = layers.map(layer => put(layer.stored ?? gzipSync(layer.tar)))
  const diffIds = layers.map(({ tar }) => digestOf(tar))
  const document = Buffer.from(
    JSON.stringify({
      os: 'linux',
      architecture: 'amd64',
      config,
      rootfs: { type: 'layers', diff_ids: diffIds },
      history: [
        ...layers.map(({ createdBy }) => ({ created_by: createdBy ?? 'COPY . / # buildkit' })),
        ...empty.map(step => ({ ...step, empty_layer: true })),
      ],
    }),
  )
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...put(document) },
      layers: stored.map(layer => ({ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', ...layer })),
    }),
  )
  const { digest } = put(manifest)
  return { blobs, manifest: digest, layers: stored.map(layer => layer.digest), diffIds, config: document }
}

/** The files of an OCI layout. */
export function layoutOf({ blobs, manifest }: MadeImage, tag = 'latest'): Record<string, Buffer> {
  const descriptor = {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: manifest,
    size: blobs.get(manifest)?.length,
    annotations: { 'org.opencontainers.image.ref.name': tag },
  }
  return {
    'oci-layout': Buffer.from('{"imageLayoutVersion":"1.0.0"}'),
    'index.json': Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [descriptor] })),
    ...Object.fromEntries([...blobs].map(([digest, bytes]) => [`blobs/${digest.replace(':', '/')}`, bytes])),
  }
}

/** What `docker save` writes. */
export async function dockerArchiveOf(
  image: MadeImage,
  layers: readonly ImageLayer[],
  tag: string,
): Promise<Buffer> {
  const names = layers.map((_, i) => `${i}/layer.tar`)
  const manifest = [{ Config: 'config.json', RepoTags: [tag], Layers: names }]
  return makeLayerTar({
    ...Object.fromEntries(layers.map(({ tar }, i) => [names[i] ?? '', tar])),
    'config.json': image.config,
    'manifest.json': JSON.stringify(manifest),
  })
}

export interface FakeRegistry {
  host: string
  requests: string[]
  close(): Promise<void>
}

/** A registry that holds one image; `answer` may do otherwise for a request, and says so by true. */
export async function serveRegistry(
  { blobs, manifest }: MadeImage,
  answer: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
): Promise<FakeRegistry> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    if (answer(request, response)) return
    const name =
      decodeURIComponent(request.url ?? '')
        .split('/')
        .at(-1) ?? ''
    const bytes = blobs.get(name.startsWith('sha256:') ? name : manifest)
    if (!bytes || /referrers|sha256-/.test(request.url ?? '')) response.writeHead(404).end()
    else response.end(bytes)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    host: `127.0.0.1:${port}`,
    requests,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}
