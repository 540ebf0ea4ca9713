import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyDelta } from '../../src/git/apply-delta.ts'
import { MarkTrace } from '../../src/git/mark-trace.ts'
import { type Reach, searchHere, UniqueText } from '../../src/git/unique-text.ts'
import { loadGitCore } from '../support/git-core.ts'

const core = await loadGitCore()
const { start } = core.free

/** What rules may look like: within a line, over a line break, next to the ends of a text, in a block that a name opens. */
const needle = /needle\d+|name =\s+value\d|\bword\b|acme:\n(?:[^\n]{0,40}\n)?[^\n]{0,20}a1b2c3d4e5f6a7b8/g
const opening = /acme:(?=\n)/g

interface Version {
  text: string
  /** Number of the version that it is a delta of; undefined for a text of its own. */
  base?: number | undefined
}

interface Seen {
  /** Numbers of the versions in which something is found, or in one of whose bases it is. */
  found: Set<number>
  searched: number
  /** Numbers of versions that hold a needle outside of all windows around marked units. */
  untraced: number[]
  /** Numbers of versions without a marked unit. */
  unmarked: number[]
}

/** A batch is searched when it is full, or after every version; or it is closed then, and searched when the next one is. */
type Pace = 'full' | 'hasty' | 'late'

function findThroughUniqueText(versions: readonly Version[], pace: Pace = 'full'): Seen {
  core.free.start = start
  const search = searchHere(batch => {
    const text = Buffer.from(batch).toString('latin1')
    const find = (pattern: RegExp, reach: Reach) =>
      Array.from(
        text.matchAll(pattern),
        ({ index, 0: match }) => [index, index + match.length + Number(reach === 'opening'), reach] as const,
      )
    return [...find(needle, 'near'), ...find(opening, 'opening')]
  })
  const isElsewhere = pace === 'late'
  const unique = new UniqueText(core, 0x1234_5678_9abc_def1n, { ...search, isElsewhere })
  const trace = new MarkTrace(core)
  const area = core.reserve(32 * 1024 * 1024)
  for (const [number, version] of versions.entries()) {
    addVersion(unique, area, versions, number, version)
    if (pace !== 'full') unique.endBatch(core.free.start)
  }
  unique.settle(core.free.start)
  const found = new Set(unique.takeHolders())
  for (const [number, { base }] of versions.entries())
    if (base !== undefined && found.has(base)) found.add(number)
  trace.begin([unique.takeMarks()])
  const windows = versions.map(({ text }) => {
    core.bytes.set(Buffer.from(text), area)
    return trace.trace(area, Buffer.byteLength(text)) ?? []
  })
  return {
    found,
    searched: unique.searched,
    untraced: numbersOf(versions, ({ text }, number) =>
      [...text.matchAll(needle)].some(
        ({ index, 0: match }) =>
          !windows[number]?.some(({ start, end }) => start <= index && end >= index + match.length),
      ),
    ),
    unmarked: numbersOf(windows, ({ length }) => length === 0),
  }
}

function numbersOf<Item>(items: readonly Item[], test: (item: Item, number: number) => boolean): number[] {
  return items.flatMap((item, number) => (test(item, number) ? [number] : []))
}

function addVersion(
  unique: UniqueText,
  area: number,
  versions: readonly Version[],
  number: number,
  { text, base }: Version,
): void {
  const bytes = Buffer.from(text)
  if (base === undefined) {
    core.bytes.set(bytes, area)
    unique.add({ number, address: area, size: bytes.length }, core.free.start)
    return
  }
  const original = Buffer.from(versions[base]?.text ?? '')
  const delta = makeDelta(original, bytes)
  expect(applyDelta(original, delta).equals(bytes)).toBe(true)
  const baseAt = area + 8 * 1024 * 1024
  const deltaAt = area + 16 * 1024 * 1024
  const changes = area + 24 * 1024 * 1024
  core.bytes.set(original, baseAt)
  core.bytes.set(delta, deltaAt)
  const { wasm } = core
  const end = deltaAt + delta.length
  wasm.resultSize(deltaAt, end, original.length)
  const changeCount = wasm.applyDelta(end, baseAt, original.length, area, bytes.length, changes)
  unique.add({ number, address: area, size: bytes.length, changes, changeCount }, core.free.start)
}

/** A greedy delta: copies of at least 8 bytes wherever they are found in the base, which may be anywhere. */
function makeDelta(base: Buffer, target: Buffer): Buffer {
  const out: number[] = [...sizeOf(base.length), ...sizeOf(target.length)]
  let literal: number[] = []
  const flush = () => {
    for (; literal.length; literal = literal.slice(127))
      out.push(Math.min(127, literal.length), ...literal.slice(0, 127))
  }
  for (let at = 0; at < target.length; ) {
    const from = at + 8 <= target.length ? base.indexOf(target.subarray(at, at + 8)) : -1
    if (from < 0) {
      literal.push(target[at++]!)
      continue
    }
    let length = 8
    while (length < 60_000 && at + length < target.length && base[from + length] === target[at + length])
      length++
    flush()
    out.push(0b1011_0111, from & 255, (from >> 8) & 255, from >> 16, length & 255, length >> 8)
    at += length
  }
  flush()
  return Buffer.from(out)
}

function sizeOf(size: number): number[] {
  return size < 128 ? [size] : [(size & 127) | 128, ...sizeOf(size >> 7)]
}

function expectNothingMissed(versions: readonly Version[], pace: Pace = 'full'): number {
  const { found, searched, untraced } = findThroughUniqueText(versions, pace)
  const missed = versions.flatMap(({ text }, number) =>
    text.search(new RegExp(needle.source)) >= 0 && !found.has(number) ? [number] : [],
  )
  expect([missed, untraced]).toEqual([[], []])
  return searched
}

/** Only together, or side by side, do some of them make a needle. */
const line = fc.constantFrom(
  'int main(void) {',
  '}',
  '',
  '  return 1;',
  '  // a comment that is somewhat longer than the others, so that there is something to copy',
  'another line\r',
  'name =',
  '   value2',
  'swordfish and needles',
  'some needle',
  '1 more',
  'acme:',
  '  key: a1b2c3d4e5f6a7b8',
)
const lines = fc.array(line, { minLength: 6, maxLength: 14 })
const edit = fc.record({
  at: fc.nat(1000),
  drop: fc.nat(40),
  insert: fc.oneof(
    fc.constantFrom('', '1', 'x', '\n', '}\n', ' '),
    line,
    line.map(text => `${text}\n`),
  ),
  base: fc.nat(20),
})

test.each([
  ['at last', 'full'],
  ['each at once', 'hasty'],
  ['each while the next one is read', 'late'],
] as const)('no version that holds something is missed, whatever the edits, searched %s', (_, pace) => {
  fc.assert(
    fc.property(
      lines,
      fc.array(edit, { minLength: 1, maxLength: pace === 'full' ? 6 : 12 }),
      fc.boolean(),
      (first, edits, endsInLine) => {
        const versions: Version[] = [{ text: first.join('\n') + (endsInLine ? '' : '\n') }]
        for (const { at, drop, insert, base: wanted } of edits) {
          const base = wanted % versions.length
          const { text = '' } = versions[base] ?? {}
          const place = at % (text.length + 1)
          versions.push({ text: text.slice(0, place) + insert + text.slice(place + drop), base })
        }
        expectNothingMissed(versions, pace)
      },
    ),
    { numRuns: 1500 },
  )
})

const padding = '// a comment that is there to be copied\n'

test.each([
  ['what is cut out leaves a find', 'some needle', ' to be cut out here', '1 more of it'],
  ['what is cut off leaves a find at the end', 'a last word', 'y and all of this', ''],
  ['what is cut off leaves a find at the start', '', 'all of this and s', 'word and so on'],
  ['a line between two others is cut out', 'name =\n', 'a line between\n', '  value1'],
  ['a bracket between two lines is cut out', 'name =\n', '}\n', '  value1'],
])('%s', (_, before, cut, after) => {
  const [head, rest] = [before && padding, after && padding]
  const versions: Version[] = [
    { text: `${head}${before}${cut}${after}${rest}` },
    { text: `${head}${before}${after}${rest}`, base: 0 },
  ]
  expectNothingMissed(versions)
  expect(findThroughUniqueText(versions).found).toEqual(new Set([1]))
})

test.each([
  ['comes into a block', 'acme:\n  url: x\n', '  key: y', '  key: a1b2c3d4e5f6a7b8'],
  ['moves up into a block', 'acme:\n  url: x\n', '  a longer line\n  key', '  key: a1b2c3d4e5f6a7b8'],
  ['gets a name above it', '', 'other:', 'acme:\n  url: x\n  key: a1b2c3d4e5f6a7b8\n'],
])('a token that %s', (_, before, old, fresh) => {
  const others = ['  url: x', '  key: a1b2c3d4e5f6a7b8', '  a longer line\n  key: a1b2c3d4e5f6a7b8']
  const versions: Version[] = [
    // Each two of the lines are known before they come together.
    ...others.map(text => ({ text: `other:\n${text}\n  url: x\n${text}\n` })),
    { text: `${padding}${before}${old}\n${padding}` },
    { text: `${padding}${before}${fresh}\n${padding}`, base: 3 },
  ]
  expectNothingMissed(versions)
  expect(findThroughUniqueText(versions).found).toEqual(new Set([4]))
})

test('a name that comes below another one opens a block of its own', () => {
  const versions: Version[] = [
    { text: `${padding}other:\n  more of this\n  key: a1b2c3d4e5f6a7b8\n${padding}` },
    { text: `acme:\nint main(void) {\n  more of this\n  key: a1b2c3d4e5f6a7b8\n${padding}` },
    { text: `acme:\nint main(voiacme:\n  more of this\n  key: a1b2c3d4e5f6a7b8\n${padding}`, base: 1 },
    { text: 'and another text\n' },
  ]
  expectNothingMissed(versions)
  expect(findThroughUniqueText(versions).found).toEqual(new Set([2]))
})

test('what opens a block without a token gives nothing away', () => {
  const filler = Array.from({ length: 40_000 }, (_, i) => `line ${i} with some more\n`).join('')
  const versions = [
    { text: `acme:\n  url: x\n  id: y\n${filler}` },
    { text: 'acme:\n  url: z\n  key: a1b2\n' },
  ]
  expect(findThroughUniqueText(versions).found).toEqual(new Set())
})

test('what opened a block in an earlier batch gives a token away', () => {
  const filler = (seed: number) =>
    Array.from({ length: 60_000 }, (_, i) => `line ${i * seed} with some more\n`).join('')
  const versions = [
    { text: `acme:\n  url: x\n${filler(3)}` },
    { text: `other:\n  url: x\n  key: a1b2c3d4e5f6a7b8\n${filler(5)}` },
    { text: 'acme:\n  url: x\n  key: a1b2c3d4e5f6a7b8\n' },
  ]
  expectNothingMissed(versions)
  expect(findThroughUniqueText(versions).found).toEqual(new Set([2]))
})

test('a find whose line before has lost its beginning to new lines is traced', () => {
  const [before, after] = [
    `${padding}another line\nneedle1\n${padding}`,
    `${padding}new\nnother line\nneedle1\n${padding}`,
  ]
  expectNothingMissed([{ text: before }, { text: after, base: 0 }])
})

test('a find across the border of two pieces of a long line', () => {
  for (let place = 8180; place < 8200; place++) {
    const start = `${'x'.repeat(place)} nee`
    const end = ` and ${'y'.repeat(20_000)}`
    expectNothingMissed([{ text: start + end }, { text: `${start}dle1${end}`, base: 0 }])
  }
})

test('also in the middle of a line of many kilobytes', () => {
  const filler = (seed: number) => Array.from({ length: 3000 }, (_, i) => `abcdef${i * seed}`).join(',')
  const long = `${filler(7)} ${filler(11)} ${filler(13)}`
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(long.length), fc.constantFrom('needle1', 'nee', 'dle7', ' word ', 'x')), {
        maxLength: 5,
      }),
      places => {
        const versions: Version[] = [{ text: `short line\n${long}\nname =` }]
        for (const [at, insert] of places) {
          const before = versions.at(-1)?.text ?? ''
          versions.push({ text: before.slice(0, at) + insert + before.slice(at), base: versions.length - 1 })
        }
        expectNothingMissed(versions)
      },
    ),
    { numRuns: 60 },
  )
})

test('a change that comes again and again is a find in each file that it comes to', () => {
  const versions: Version[] = Array.from({ length: 5 }, (_, i) => [
    { text: `the first line of file ${i}\n${padding}what is there\n${padding}` },
    { text: `the first line of file ${i}\n${padding}what is there\nneedle1\n${padding}`, base: 2 * i },
  ]).flat()
  for (const pace of ['full', 'hasty', 'late'] as const)
    expect(findThroughUniqueText(versions, pace).found).toEqual(new Set([1, 3, 5, 7, 9]))
})

test('a token that comes into a block is found where the same change came below other lines before', () => {
  const versions: Version[] = ['other:', 'others:', 'another:', 'acme:'].flatMap((above, i) => {
    const [head, tail] = [`${padding}${above}\n  more of this\n`, `\n${padding}the last line of file ${i}\n`]
    return [
      { text: `${head}  url: ${i} and more${tail}` },
      { text: `${head}  key: a1b2c3d4e5f6a7b8${tail}`, base: 2 * i },
    ]
  })
  for (const pace of ['hasty', 'late'] as const) expectNothingMissed(versions, pace)
  expect(findThroughUniqueText(versions, 'hasty').found).toEqual(new Set([7]))
})

test('a change that comes again and again is a find where the line before it makes it one', () => {
  const versions: Version[] = ['tame =', 'tame =', 'tame =', 'name ='].flatMap((before, i) => {
    const [head, tail] = [`${padding}${before}\n`, `\n${padding}the last line of file ${i}\n`]
    return [{ text: `${head}nothing${tail}` }, { text: `${head}  value1${tail}`, base: 2 * i }]
  })
  expect(findThroughUniqueText(versions, 'hasty').found).toEqual(new Set([7]))
})

test('texts of their own that say the same are searched once', () => {
  const text = Array.from({ length: 500 }, (_, i) => `this is line ${i} of a file\n`).join('')
  const once = expectNothingMissed([{ text }])
  expect(expectNothingMissed(Array.from({ length: 50 }, () => ({ text })))).toBe(once)
})

test('a text that holds what was found before is a holder, also when it comes in another batch', () => {
  const filler = (seed: number) =>
    Array.from({ length: 40_000 }, (_, i) => `line ${i * seed} with some more\n`).join('')
  const versions = [
    { text: `${filler(3)}needle1\n` },
    { text: filler(5) },
    { text: 'a\nneedle1\n' },
    { text: 'a\nneedle1\n' },
    { text: `${filler(7)}needle1\nx` },
    { text: 'nothing' },
  ]
  expect([...findThroughUniqueText(versions).found].sort()).toEqual([0, 2, 3, 4])
})

test('a version that no longer has the marked line is told from one that still has it', () => {
  const versions: Version[] = [
    { text: 'a first line\nneedle1\na last line\n' },
    { text: 'a first line\na last line\n', base: 0 },
    { text: 'a first line\nneedle1\nthe last line\n', base: 0 },
  ]
  const { found, unmarked } = findThroughUniqueText(versions)
  expect([[...found].sort(), unmarked]).toEqual([[0, 1, 2], [1]])
})

test('windows that are alike have the same hash, and those of what is far are wider', () => {
  core.free.start = start
  const unique = new UniqueText(
    core,
    7n,
    searchHere(batch => {
      const text = Buffer.from(batch).toString('latin1')
      return Array.from(text.matchAll(/near|far/g), ({ index, 0: word }) => [
        index,
        index + 4,
        word === 'far' ? 'far' : 'near',
      ])
    }),
  )
  const trace = new MarkTrace(core)
  const area = core.reserve(1024 * 1024)
  const filler = 'a line to keep things apart\n'.repeat(100)
  const texts = ['near', 'far'].flatMap(word => [
    `${word}\n${filler}`,
    `${word}\n${filler}one more line\n`,
    `x\n${word}\n${filler}`,
  ])
  const place = (text: string) => core.bytes.set(Buffer.from(text), area)
  for (const [number, text] of texts.entries()) {
    place(text)
    unique.add({ number, address: area, size: text.length }, core.free.start)
  }
  unique.settle(core.free.start)
  trace.begin([unique.takeMarks()])
  const hashes = texts.map(text => {
    place(text)
    return trace.trace(area, text.length)?.map(({ hash }) => hash)
  })
  expect(hashes.map(list => list?.length)).toEqual([1, 1, 1, 1, 1, 1])
  expect(hashes.map(list => hashes.findIndex(other => other?.[0] === list?.[0]))).toEqual([0, 0, 2, 3, 4, 5])
})

test('of a great many texts nothing is missed, and nothing is searched twice', () => {
  const random = (seed: number) =>
    Array.from(
      { length: 60_000 },
      (_, i) => `${(i * 2_654_435_761 * seed) % 4_294_967_291} some text\n`,
    ).join('')
  const versions = Array.from({ length: 12 }, (_, i) => ({ text: `${random(i + 1)}needle${i % 3}\n` }))
  expectNothingMissed([...versions, ...versions])
  const { searched } = findThroughUniqueText(versions)
  expect(findThroughUniqueText([...versions, ...versions]).searched).toBe(searched)
})
