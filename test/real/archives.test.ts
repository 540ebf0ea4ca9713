import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findProgram } from '../support/find-program.ts'
import { runCli } from '../support/run-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

const token = ['sk_l', 'ive_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join('')
const text = `one\nkey = ${token}\n`

const howToInstall =
  'apt-get install binutils bzip2 chromium fonts-dejavu-core python3 xz-utils zip zstd (as .ci/run does)'

/** Runs a program as a user would, and fails loudly. */
function run(cwd: string, program: string, args: readonly string[], input = ''): void {
  const { status, stderr, error } = spawnSync(findProgram(program, howToInstall), args, {
    cwd,
    input,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`)
}

/** `path:line:column` of the token everywhere in a directory, and what was left out. */
function scan(directory: string): { places: string[]; skipped: string[] } {
  const { stdout } = runCli(['scan', '--format', 'json', '--only', 'stripe-secret-key'], { cwd: directory })
  const { findings, coverage } = JSON.parse(stdout)
  const places: { path: string; line: number; column: number }[] = findings.flatMap(
    (finding: { places: object[] }) => finding.places,
  )
  return {
    places: places.map(({ path, line, column }) => `${path}:${line}:${column}`).sort(),
    skipped: coverage.skipped.map(
      ({ reason, examples }: { reason: string; examples: string[] }) => `${reason} ${examples.join(' ')}`,
    ),
  }
}

/** A directory with one packed file, the plain one being gone. */
function pack(program: string, ...args: string[]): string {
  const directory = makeDirectory({ 'in/conf/pay.ini': text })
  run(directory, program, args)
  rmSync(join(directory, 'in'), { recursive: true })
  return directory
}

const inside = (name: string) => `${name}!in/conf/pay.ini:2:7`

const archives: [name: string, program: string, ...args: string[]][] = [
  ['a.zip', 'zip', '-qr', 'a.zip', 'in'],
  ['a.zip', 'zip', '-qr0', 'a.zip', 'in'],
  ['a.zip', 'zip', '-qr', '-Z', 'bzip2', 'a.zip', 'in'],
  ['a.tar', 'tar', '-cf', 'a.tar', 'in'],
  ['a.tar', 'tar', '--format=v7', '-cf', 'a.tar', 'in'],
  ['a.tar', 'tar', '--format=ustar', '-cf', 'a.tar', 'in'],
  ['a.tar', 'tar', '--format=posix', '-cf', 'a.tar', 'in'],
  ['a.tgz', 'tar', '-czf', 'a.tgz', 'in'],
  ['a.tar.bz2', 'tar', '-cjf', 'a.tar.bz2', 'in'],
  ['a.tar.xz', 'tar', '-cJf', 'a.tar.xz', 'in'],
  ['a.tar.zst', 'tar', '--zstd', '-cf', 'a.tar.zst', 'in'],
]

test.each(archives)('%s made by %s %s', (name, program, ...args) => {
  expect(scan(pack(program, ...args))).toEqual({ places: [inside(name)], skipped: [] })
})

const packers: [ending: string, program: string, ...args: string[]][] = [
  ['gz', 'gzip'],
  ['gz', 'gzip', '-9'],
  ['bz2', 'bzip2'],
  ['bz2', 'bzip2', '-1'],
  ['xz', 'xz'],
  ['xz', 'xz', '-9e'],
  ['zst', 'zstd', '-q', '--rm'],
  ['zst', 'zstd', '-q', '--rm', '--ultra', '-22'],
  ['zst', 'zstd', '-q', '--rm', '--long=27'],
]

test.each(packers)('a file packed as .%s by %s', (ending, program, ...args) => {
  const lines = Array.from({ length: 50_000 }, (_, i) => `line ${i} ${(i * 7919) % 10007}\n`).join('')
  const directory = makeDirectory({ 'pay.log': `${lines}${text}` })
  run(directory, program, [...args, 'pay.log'])
  expect(scan(directory)).toEqual({ places: [`pay.log.${ending}!pay.log:50002:7`], skipped: [] })
})

test('a zip with a password is reported', () => {
  const directory = pack('zip', '-qr', '-P', 'word', 'a.zip', 'in')
  expect(scan(directory)).toEqual({ places: [], skipped: ['encrypted-archive a.zip!in/conf/pay.ini'] })
})

test('an xz file that the library cannot read is reported', () => {
  const directory = makeDirectory({ 'pay.log': text })
  run(directory, 'xz', ['--check=sha256', 'pay.log'])
  expect(scan(directory)).toEqual({ places: [], skipped: ['unsupported-archive pay.log.xz'] })
})

test('a sparse file in a tar', () => {
  for (const format of ['gnu', 'posix']) {
    const directory = makeDirectory({ 'in/small': 'x' })
    run(directory, 'truncate', ['-s', '5M', 'in/sparse'])
    run(
      directory,
      'dd',
      ['of=in/sparse', 'bs=1', 'seek=3000000', 'conv=notrunc', 'status=none'],
      ` ${token}\n`,
    )
    run(directory, 'tar', ['-S', `--format=${format}`, '-cf', 'a.tar', 'in'])
    rmSync(join(directory, 'in'), { recursive: true })
    expect(scan(directory).places).toHaveLength(1)
  }
})

test('a static library', () => {
  const directory = makeDirectory({ 'a-rather-long-name-of-a-file.txt': text, 'b.txt': text })
  run(directory, 'ar', ['rc', 'a.a', 'a-rather-long-name-of-a-file.txt', 'b.txt'])
  rmSync(join(directory, 'b.txt'))
  rmSync(join(directory, 'a-rather-long-name-of-a-file.txt'))
  expect(scan(directory).places).toEqual(['a.a!a-rather-long-name-of-a-file.txt:2:7', 'a.a!b.txt:2:7'])
})

const makeDatabase = `
import sqlite3, sys
c = sqlite3.connect('app.db')
c.execute('PRAGMA secure_delete=OFF')
c.execute('CREATE TABLE accounts (id INTEGER PRIMARY KEY, note TEXT)')
c.executemany('INSERT INTO accounts (note) VALUES (?)', [('note %d' % i,) for i in range(2000)])
c.execute('INSERT INTO accounts (note) VALUES (?)', ('x' * 9000 + ' ' + sys.stdin.read(),))
c.commit()
`

test('an SQLite database', () => {
  const directory = makeDirectory()
  run(directory, 'python3', ['-c', makeDatabase], token)
  expect(scan(directory)).toEqual({ places: ['app.db!accounts:4001:9008'], skipped: [] })
})

test('a document that Chromium prints, in which characters are numbers of glyphs', () => {
  const directory = makeDirectory({ 'page.html': `<p>Hello</p><p>key = ${token} and more</p>` })
  const page = join(directory, 'page.html')
  run(directory, 'chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--print-to-pdf=page.pdf', page])
  rmSync(page)
  const { places, skipped } = scan(directory)
  expect(skipped).toEqual([])
  expect(places).toHaveLength(1)
  expect(places[0]).toMatch(/^page\.pdf!object \d+:\d+:7$/)
})

test('a zip that is cut is reported, and what was not packed in it is found', () => {
  const directory = pack('zip', '-qr0', 'a.zip', 'in')
  const bytes = readFileSync(join(directory, 'a.zip'))
  writeFileSync(join(directory, 'a.zip'), bytes.subarray(0, bytes.length - 40))
  const { places, skipped } = scan(directory)
  expect(skipped).toEqual(['corrupt-archive a.zip'])
  expect(places).toHaveLength(1)
})
