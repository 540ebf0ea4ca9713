import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { makeTar, makeZip } from '../support/make-archives.ts'
import { runCli } from '../support/run-cli.ts'
import { git, makeDirectory, makeRepository } from '../support/temporary-directory.ts'

const token = ['sk_l', 'ive_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join('')
const text = `one\nkey = ${token}\n`
const zip = makeZip([{ name: 'conf/pay.ini', content: text }])

interface JsonPlace {
  path: string
  line: number
  column: number
  tracked: boolean
}

function scan(directory: string, ...args: string[]) {
  const { stdout, code } = runCli(['scan', '--format', 'json', ...args], { cwd: directory })
  const { findings, coverage, source } = JSON.parse(stdout)
  const places: JsonPlace[] = findings.flatMap((finding: { places: JsonPlace[] }) => finding.places)
  return {
    code,
    source,
    places: places.map(({ path, line, column }) => `${path}:${line}:${column}`),
    skipped: coverage.skipped.map(({ reason, examples }: { reason: string; examples: string[] }) => [
      reason,
      ...examples,
    ]),
  }
}

test('a scan of the working tree looks into archives, whatever they are called', async () => {
  const directory = makeDirectory({
    'a.zip': zip,
    'b.dat': gzipSync(await makeTar({ './c/d.txt': text })),
    'logs/e.log.gz': gzipSync(text),
  })
  expect(scan(directory)).toMatchObject({
    code: 1,
    places: ['a.zip!conf/pay.ini:2:7', 'b.dat!c/d.txt:2:7', 'logs/e.log.gz!e.log:2:7'],
    skipped: [],
  })
})

test('a place in an archive is tracked as the archive is', () => {
  const directory = makeRepository({ 'a.zip': zip })
  git(directory, 'add', '.')
  const { stdout } = runCli(['scan', '--format', 'json'], { cwd: directory })
  expect(JSON.parse(stdout).findings[0].places).toMatchObject([{ path: 'a.zip!conf/pay.ini', tracked: true }])
})

test('names that lead out of an archive are shown as they are, and the file is judged by them', () => {
  const directory = makeDirectory({ 'a.zip': makeZip([{ name: '../../etc/x.ini', content: text }]) })
  expect(scan(directory).places).toEqual(['a.zip!../../etc/x.ini:2:7'])
})

test('what cannot be read is counted, and with --strict it is trouble', () => {
  const directory = makeDirectory({
    'cut.zip': zip.subarray(0, -40),
    'locked.zip': makeZip([{ name: 'x', content: text, isEncrypted: true }]),
    'bomb.gz': gzipSync(Buffer.alloc(64 * 1024 * 1024)),
    'x.7z': Buffer.from('377abcaf271c0000', 'hex'),
  })
  const skipped = [
    ['archive-limit', 'bomb.gz'],
    ['corrupt-archive', 'cut.zip'],
    ['encrypted-archive', 'locked.zip!x'],
    ['unsupported-archive', 'x.7z'],
  ]
  expect(scan(directory)).toMatchObject({ code: 0, skipped })
  expect(scan(directory, '--strict')).toMatchObject({ code: 2, skipped })
})

test('--archive scans one archive', () => {
  const directory = makeDirectory({ 'a.bin': zip })
  expect(scan(directory, '--archive', 'a.bin')).toMatchObject({
    code: 1,
    source: { kind: 'archive', target: 'a.bin' },
    places: ['a.bin!conf/pay.ini:2:7'],
  })
})

test('an archive is read from standard input', () => {
  const { stdout } = runCli(['scan', '--stdin', '--stdin-filename', 'x.zip', '--format', 'json'], {
    input: zip,
  })
  expect(JSON.parse(stdout).findings[0].places[0]).toMatchObject({ path: 'x.zip!conf/pay.ini', line: 2 })
})

test('a staged archive is looked into', () => {
  const directory = makeRepository({ 'a.zip': zip })
  git(directory, 'add', '.')
  writeFileSync(join(directory, 'a.zip'), '')
  expect(scan(directory, '--staged').places).toEqual(['a.zip!conf/pay.ini:2:7'])
})

test('limits are settable', () => {
  const nested = makeZip([{ name: 'b.zip', content: zip }])
  const directory = makeDirectory({ 'a.zip': nested })
  expect(scan(directory).places).toEqual(['a.zip!b.zip!conf/pay.ini:2:7'])
  expect(scan(directory, '--max-archive-depth', '1')).toMatchObject({
    places: [],
    skipped: [['archive-limit', 'a.zip!b.zip']],
  })
  expect(scan(directory, '--max-archive-depth', '0')).toMatchObject({ places: [], skipped: [] })
  expect(scan(directory, '--max-archive-size', '10').skipped).toEqual([['archive-limit', 'a.zip!b.zip']])
  writeFileSync(join(directory, '.stanch.toml'), '[scan]\nmaxArchiveDepth = 0\n')
  expect(scan(directory)).toMatchObject({ places: [], skipped: [] })
})

test('two parts of one large file in an archive make one finding each, with lines that go on', () => {
  const line = `${'lorem ipsum dolor '.repeat(50)}\n`
  const count = Math.ceil((9 * 1024 * 1024) / line.length)
  const large = Buffer.from(`${line.repeat(count)}${text}`)
  const directory = makeDirectory({ 'a.log.gz': gzipSync(large, { level: 1 }) })
  expect(scan(directory, '--max-archive-ratio', '1000').places).toEqual([`a.log.gz!a.log:${count + 2}:7`])
})

const mistakes: [title: string, args: string[], said: string][] = [
  [
    'a file that is not there',
    ['--archive', 'none.zip'],
    'stanch: cannot read "none.zip": no such file\n  Check the path.\n',
  ],
  [
    'a file that is no archive',
    ['--archive', 'a.txt'],
    'stanch: "a.txt" is no archive\n  Zip files, tar, gzip, bzip2, xz, zstd, ar, PDF and SQLite are read; scan other files as "stanch scan PATH".\n',
  ],
  [
    'an archive and a path',
    ['--archive', 'a.txt', '.'],
    'stanch: --archive and a path exclude each other\n  Scan one of them at a time.\n',
  ],
]

test.each(mistakes)('%s ends with 2 and says what to do', (_title, args, said) => {
  const directory = makeDirectory({ 'a.txt': text })
  expect(runCli(['scan', ...args], { cwd: directory })).toEqual({ code: 2, stdout: '', stderr: said })
})

test('the scanned archive is left as it was', () => {
  const directory = makeDirectory({ 'a.zip': zip })
  scan(directory)
  expect(readFileSync(join(directory, 'a.zip')).equals(zip)).toBe(true)
})
