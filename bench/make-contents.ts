/**
 * Writes texts that are hard on a scanner, 192 files of a megabyte each, and one archive for each kind of packing:
 *
 *   npx tsx bench/make-contents.ts DIR     DIR/hit-dense, DIR/minified, DIR/base64, DIR/encoded, DIR/random, DIR/archives
 */
import { execFileSync } from 'node:child_process'
import { createCipheriv } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const MEBIBYTE = 1024 * 1024
const FILES = 192

const directory = process.argv[2]
if (!directory) throw new Error('Give the directory to write to.')

const noise = makeNoise(FILES * MEBIBYTE)
const script = await minify()

writeFiles('hit-dense', 'txt', fillWith(hitDense()))
writeFiles('minified', 'js', fillWith(script))
writeFiles('base64', 'txt', part => wrap(noise.subarray(part * MEBIBYTE, (part + 0.75) * MEBIBYTE)))
writeFiles('encoded', 'txt', part =>
  wrap(Buffer.from(script.repeat(9)).subarray(part * 1000, part * 1000 + 0.75 * MEBIBYTE)),
)
writeFiles('random', 'bin', part => noise.subarray(part * MEBIBYTE, (part + 1) * MEBIBYTE))
writeArchives()

/** The same bytes in every run. */
function makeNoise(length: number): Buffer {
  return createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(length))
}

/** Words that rules look for, in texts that hold no secret. */
function hitDense(): string {
  const words =
    'password secret token api_key client_secret private_key authorization bearer access_key'.split(' ')
  const lines = words.flatMap(word => [
    `${word} = get_${word}(config, "${word}")`,
    `if (!${word}) throw new Error("no ${word}\\n")`,
    `<${word}>\${${word}}</${word}> https://example.com/?${word}=%20`,
  ])
  return `${lines.join('\n')}\n`
}

async function minify(): Promise<string> {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const { outputFiles } = await build({
    entryPoints: [`${root}src/main.ts`],
    bundle: true,
    minify: true,
    write: false,
    platform: 'node',
    format: 'esm',
    outdir: '.',
    external: ['react-devtools-core'],
  })
  return outputFiles[0]?.text ?? ''
}

function fillWith(text: string): () => Buffer {
  const file = Buffer.alloc(MEBIBYTE, text)
  return () => file
}

function wrap(bytes: Buffer): Buffer {
  return Buffer.from(
    `${bytes
      .toString('base64')
      .match(/.{1,76}/g)
      ?.join('\n')}\n`,
  )
}

function writeFiles(name: string, ending: string, make: (part: number) => Buffer): void {
  const folder = join(directory ?? '', name)
  mkdirSync(folder, { recursive: true })
  for (let part = 0; part < FILES; part++) writeFileSync(join(folder, `${part}.${ending}`), make(part))
}

/** The source tree of Node's packages here, packed by each program. */
function writeArchives(): void {
  const folder = join(directory ?? '', 'archives')
  mkdirSync(folder, { recursive: true })
  const text = readFileSync(fileURLToPath(new URL('../package-lock.json', import.meta.url)))
  const input = Buffer.concat(Array.from({ length: 60 }, () => Buffer.concat([text, Buffer.from(script)])))
  writeFileSync(join(folder, 'a.log.gz'), gzipSync(input))
  for (const [program, ending] of [
    ['bzip2', 'bz2'],
    ['xz', 'xz'],
    ['zstd', 'zst'],
  ] as const)
    writeFileSync(
      join(folder, `a.log.${ending}`),
      execFileSync(program, ['-c'], { input, maxBuffer: 1024 * MEBIBYTE, stdio: ['pipe', 'pipe', 'ignore'] }),
    )
}
