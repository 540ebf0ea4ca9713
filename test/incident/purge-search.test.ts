import { spawnSync } from 'node:child_process'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { searchChunks } from '../../src/commands/incident/purge/search-bytes.ts'
import { searchObjects } from '../../src/commands/incident/purge/search-objects.ts'
import { findRepository } from '../../src/git/repository.ts'
import { runsAround } from '../../src/incident/purge/compressed-texts.ts'
import { encodedForms } from '../../src/incident/purge/encoded-forms.ts'
import { needlesOf } from '../../src/incident/purge/needles.ts'
import { readEveryObject } from '../support/every-object.ts'
import { createRandom, type Storage, storages } from '../support/random-repository.ts'
import { git, makeDirectory } from '../support/temporary-directory.ts'

/** Long enough to be cut into several needles in every form. */
const value = `a value/that nobody knows of & more+than ${'x1Y2'.repeat(12)}`
/** Short enough to be a needle, and of no run of digits. */
const short = 'sh:o,r.t;! a(n)d; o$d!'
const gzipped = gzipSync(`{"before": "it", "key": ${JSON.stringify(value)}, "behind": "it"}`)
const inLines = (text: string, width: number) => text.replace(new RegExp(`(.{${width}})`, 'g'), '$1\n  ')

/** What holds it compressed or in lines. */
const packed = [
  gzipped.toString('base64'),
  inLines(gzipped.toString('base64'), 60),
  gzipped.toString('base64').replace(/(.{50})/g, '$1\\n '),
  inLines(Buffer.from(`k: ${value} and what comes after it`).toString('base64'), 40),
  gzipped.toString('hex'),
]

/** Lines of a file; some hold the value, some become it only together with others. */
const lines = [
  `key = '${value}'`,
  value.slice(0, 30),
  value.slice(30),
  Buffer.from(`xy${value}`).toString('base64'),
  Buffer.from(value).toString('hex'),
  encodeURIComponent(value),
  ...packed,
  ...inLines(gzipped.toString('base64'), 60).split('\n'),
  'plain text, with words',
  'a_long_name/of_a_path/that_goes_on_and_on/for_ever-and-ever',
  '',
  '  end',
]

/** A few files, edited by cutting, moving and joining lines, so that deltas copy, insert, reorder and join. */
function writeHistory(seed: number, isNamed = true): Buffer {
  const random = createRandom(seed)
  const pick = () => lines[random(lines.length)] ?? ''
  const files = Array.from({ length: 3 }, () => Array.from({ length: 40 }, () => `line ${random(1e6)}`))
  const parts: string[] = []
  for (let mark = 1; mark <= 40; mark++) {
    const file = random(files.length)
    const text = files[file] ?? []
    for (let edit = random(4); edit >= 0; edit--) {
      const at = random(text.length)
      const kind = random(6)
      if (kind === 0) text.splice(at, random(6))
      else if (kind === 1) text.splice(random(text.length), 0, ...text.splice(at, 5))
      else if (kind === 2) text.splice(at, 2, `${text[at] ?? ''}${text[at + 1] ?? ''}`)
      else if (kind === 3) text.splice(at, 0, pick().slice(0, random(200)))
      else text.splice(at, 0, ...Array.from({ length: random(3) + 1 }, pick))
    }
    const content = text.join('\n')
    const message = random(9) ? `change ${mark}` : `change ${pick()}`
    const path = random(9) || !isNamed ? `dir/file${file}.txt` : `dir ${value.replace('/', '')}/file`
    parts.push(
      `commit refs/heads/main\nmark :${mark}\ncommitter C <c@test.invalid> ${1.6e9 + mark} +0000\n`,
      `data ${Buffer.byteLength(message)}\n${message}\n${mark > 1 ? `from :${mark - 1}\n` : ''}`,
      `M 100644 inline "${path}"\ndata ${Buffer.byteLength(content)}\n${content}\n`,
    )
  }
  return Buffer.from(parts.join(''))
}

function makeHistory(stream: Buffer): string {
  const directory = makeDirectory()
  git(directory, 'init', '-q', '-b', 'main')
  git(directory, 'config', 'gc.auto', '0')
  const options = ['-c', 'fastimport.unpackLimit=100000', 'fast-import', '--quiet']
  const { status, stderr } = spawnSync('git', options, { cwd: directory, input: stream })
  expect([status, stderr.toString()]).toEqual([0, ''])
  return directory
}

const longForms = encodedForms(value)

async function search(directory: string, forms = longForms): Promise<string[]> {
  const repository = findRepository(directory)
  if (!repository) throw new Error('no repository')
  const { objects, unread } = await searchObjects(repository, forms)
  expect(unread).toEqual([])
  return objects.map(({ id, type, forms }) => `${id} ${type} ${forms}`).sort()
}

/** What holds the value when every object is looked at whole. */
async function searchAll(directory: string, forms = longForms): Promise<string[]> {
  const found: string[] = []
  for (const [id, { type, bytes }] of readEveryObject(directory)) {
    const how =
      type === 'tree' ? forms.filter(form => bytes.includes(form.bytes)) : await searchChunks([bytes], forms)
    if (how.length) found.push(`${id} ${type} ${[...new Set(how.map(({ name }) => name))]}`)
  }
  return found.sort()
}

const some: Storage[] = ['loose', 'onePack', 'refDeltas', 'severalPacks']

test.each(some)(
  'the objects that hold a value are those of a search through each whole object, stored as %s',
  async storage => {
    const directory = makeHistory(writeHistory(1))
    storages[storage](directory)
    const found = await search(directory)
    expect(found).toEqual(await searchAll(directory))
    expect(found.length).toBeGreaterThan(20)
  },
  60_000,
)

/** Two commits: in the first one, something stands in the middle of each form; the second takes it out. */
function writeJoins(texts: readonly Buffer[], cuts: (length: number) => readonly number[]): Buffer {
  const random = createRandom(7)
  const noise = () => Array.from({ length: 60 }, () => `no. ${random(1e9)}: ${random(1e9)};`).join('\n')
  const files = texts.flatMap(text =>
    cuts(text.length).map(at => ({
      head: Buffer.concat([Buffer.from(`${noise()}\n"`), text.subarray(0, at)]),
      tail: Buffer.concat([text.subarray(at), Buffer.from(`"\n${noise()}`)]),
    })),
  )
  const parts: Buffer[] = []
  for (const [mark, middle] of [
    [1, `. ${'!'.repeat(200)} .`],
    [2, ''],
  ] as const) {
    parts.push(Buffer.from(`commit refs/heads/main\ncommitter C <c@test.invalid> ${1.6e9 + mark} +0000\n`))
    parts.push(Buffer.from('data 2\nx\n'))
    for (const [i, { head, tail }] of files.entries()) {
      const length = head.length + middle.length + tail.length
      parts.push(Buffer.from(`M 100644 inline f${i}\ndata ${length}\n`), head, Buffer.from(middle), tail)
      parts.push(Buffer.from('\n'))
    }
  }
  return Buffer.concat(parts)
}

test.each([
  ['long', longForms, packed],
  ['short', encodedForms(short), []],
] as const)(
  'a %s value that only came together by a change is found, wherever in it the change was',
  async (_length, forms, more) => {
    const texts = [...forms.map(({ bytes }) => bytes), ...more.map(text => Buffer.from(text))]
    const cuts = (length: number) => [1, 5, 47, 62, 66, Math.floor(length / 2), length - 30, length - 2]
    const within = (length: number) => [...new Set(cuts(length).filter(at => at > 0 && at < length))]
    const directory = makeHistory(writeJoins(texts, within))
    storages.onePack(directory)
    const found = await search(directory, forms)
    expect(found).toEqual(await searchAll(directory, forms))
    expect(found.length).toBeGreaterThanOrEqual(texts.length * 4)
  },
  60_000,
)

test.each(some)('only commits that touch what holds the value are looked at, stored as %s', async storage => {
  const directory = makeHistory(writeHistory(2, false))
  storages[storage](directory)
  const repository = findRepository(directory)
  if (!repository) throw new Error('no repository')
  const { objects, commits } = await searchObjects(repository, encodedForms('plain text, with words'))
  const blobs = objects.flatMap(({ id, type }) => (type === 'blob' ? [id] : []))
  const log = git(
    directory,
    'log',
    '--all',
    '-m',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    '--format=commit %H',
  )
  const touching = log
    .split(/^commit /m)
    .filter(part => blobs.some(id => part.includes(id)))
    .map(part => part.slice(0, 40))
  expect(commits).toEqual([...new Set(touching)].sort())
  expect([commits.length > 5, commits.length < 40]).toEqual([true, true])
})

test('a form is cut into needles of much the same length', () => {
  const bytes = Buffer.from(Array.from({ length: 150 }, (_, i) => 0x20 + (i % 90)))
  const needles = needlesOf([{ bytes }])
  expect(needles.map(({ length }) => length)).toEqual([50, 50, 50])
  expect(Buffer.concat(needles)).toEqual(bytes)
})

test.each([
  ['within a run', 'x: AbCd|EfGh.', 'AbCdEfGh'],
  ['at the end of a line', 'x: AbCd|\n  EfGh.', 'AbCd\n  EfGh'],
  ['at the beginning of a line', 'x: AbCd\n  |EfGh\r\nIjKl.', 'AbCd\n  EfGh\r\nIjKl'],
  ['between \\r and \\n', 'x: AbCd\r|\nEfGh.', 'AbCd\r\nEfGh'],
  ['within a written end of a line', 'x: AbCd\\|n  EfGh.', 'AbCd\\n  EfGh'],
  ['behind a written end of a line', 'x: AbCd\\n|  EfGh.', 'AbCd\\n  EfGh'],
  ['within blanks', 'x: AbCd\n | EfGh.', 'AbCd\n  EfGh'],
])('a change %s reaches as far as the run goes', (_name, marked, reached) => {
  const at = marked.indexOf('|')
  const text = marked.replace('|', '')
  const [start, end] = runsAround(Buffer.from(text), at, at)
  expect(text.slice(start, end)).toBe(reached)
})
