/*
 * A program as a file of which only what is needed is read: of a thousand rules a scan of a few texts looks at some dozens.
 * Numbers are 32-bit, little-endian:
 *   0    'STR' and the version of the format, one byte
 *   4    the length of each section in bytes, in the order of `sections`
 *   then the sections, each from a multiple of 4 on
 */
import { UserError } from '../errors.ts'
import type { PackedLists, PreparedRules, Program } from '../program.ts'
import { copyRule, createLazyRules } from './lazy-rule.ts'

const signature = 0x02_52_54_53

const sections = [
  /** JSON: what is in no other section. */
  'head',
  /** Where each rule's text ends. */
  'ends',
  'lengths',
  'escapes',
  'sets',
  'regexStarts',
  'regexItems',
  'assignmentStarts',
  'assignmentItems',
  'gateStarts',
  'gateItems',
  /** JSON: literals and classes, which only somebody wants who puts rules together. */
  'names',
  /** The rules, each as JSON. */
  'texts',
] as const

type Section = (typeof sections)[number]

const headerBytes = 4 + sections.length * 4

type Head = Pick<Program, 'version' | 'hash' | 'exhaustive' | 'ofPieces' | 'ofLines'> &
  Pick<PreparedRules, 'unanchored' | 'pathOnly' | 'needed'>

/** @param prepared all that the engine works out of the program's rules */
export function encodeProgram(
  { rules, literals, classes, ...program }: Program,
  prepared: PreparedRules,
): Uint8Array {
  const { unanchored, pathOnly, needed, lengths, escapes, sets, regexRoles, assignmentRoles, gates } =
    prepared
  const head: Head = { ...program, unanchored, pathOnly, needed }
  const texts = rules.map(rule => Buffer.from(JSON.stringify(rule)))
  let end = 0
  const contents: Record<Section, Uint8Array> = {
    head: Buffer.from(JSON.stringify(head)),
    ends: bytesOf(Int32Array.from(texts, text => (end += text.length))),
    lengths: bytesOf(lengths),
    escapes: bytesOf(escapes),
    sets,
    regexStarts: bytesOf(regexRoles.starts),
    regexItems: bytesOf(regexRoles.items),
    assignmentStarts: bytesOf(assignmentRoles.starts),
    assignmentItems: bytesOf(assignmentRoles.items),
    gateStarts: bytesOf(gates.starts),
    gateItems: bytesOf(gates.items),
    names: Buffer.from(JSON.stringify({ literals, classes })),
    texts: Buffer.concat(texts),
  }
  const bodies = sections.map(section => contents[section])
  const header = Int32Array.from([signature, ...bodies.map(body => body.length)])
  return Buffer.concat([bytesOf(header), ...bodies.flatMap(body => [body, Buffer.alloc(-body.length & 3)])])
}

/** A program's file. */
export interface ProgramFile {
  size: number
  read(target: Uint8Array, position: number): void
}

/** Whoever looks at more rules one by one gets them all at once. */
const MOST_READS = 64

/** @throws UserError for bytes that are not those of a program of this version */
export function decodeProgram(bytes: Uint8Array): Program {
  const read = (target: Uint8Array, position: number) =>
    target.set(bytes.subarray(position, position + target.length))
  return readProgram({ size: bytes.length, read })
}

/**
 * The program, whose rules are read when they are looked at.
 * @throws UserError for a file that is not one of a program of this version
 */
export function readProgram(file: ProgramFile): Program {
  const section = openSections(file)
  const { unanchored, pathOnly, needed, ...head } = section.json<Head>('head')
  const lists = (starts: Section, items: Section): PackedLists => ({
    starts: section.numbers(starts),
    items: section.numbers(items),
  })
  const ends = section.numbers('ends')
  let texts: Buffer | undefined
  let reads = 0
  const readText = (start: number, end: number): Buffer => {
    if (!texts && reads++ < MOST_READS) return section.part('texts', start, end)
    texts ??= section.part('texts')
    return texts.subarray(start, end)
  }
  let names: Pick<Program, 'literals' | 'classes'> | undefined
  const readNames = () => (names ??= section.json<Pick<Program, 'literals' | 'classes'>>('names'))
  return {
    ...head,
    rules: createLazyRules(ends.length, rule =>
      JSON.parse(readText(ends[rule - 1] ?? 0, ends[rule] ?? 0).toString()),
    ),
    get literals() {
      return readNames().literals
    },
    get classes() {
      return readNames().classes
    },
    prepared: {
      lengths: section.numbers('lengths'),
      escapes: new Int8Array(section.bytes('escapes')),
      sets: section.bytes('sets'),
      regexRoles: lists('regexStarts', 'regexItems'),
      assignmentRoles: lists('assignmentStarts', 'assignmentItems'),
      gates: lists('gateStarts', 'gateItems'),
      unanchored,
      pathOnly,
      needed,
    },
  }
}

/** The same with rules that can be copied field by field, as those who change them do. */
export function toWholeProgram({ prepared: _ofAllRules, rules, ...head }: Program): Program {
  return { ...head, rules: rules.map(copyRule) }
}

function openSections({ size, read }: ProgramFile) {
  const readBytes = (start: number, length: number) => {
    const bytes = Buffer.from(new ArrayBuffer(length))
    read(bytes, start)
    return bytes
  }
  const header = size < headerBytes ? [] : new Int32Array(readBytes(0, headerBytes).buffer)
  const [first, ...lengths] = header
  const starts: number[] = []
  let end = headerBytes
  for (const length of lengths) {
    starts.push(end)
    end += (length + 3) & ~3
  }
  if (first !== signature || end !== size)
    throw new UserError('The compiled rules are not in the format of this version', 'Install stanch again.')
  // All but the sections that are large and hardly looked at.
  const common = readBytes(0, startOf('names'))
  return {
    bytes,
    numbers(section: Section): Int32Array {
      const { buffer, byteOffset, length } = bytes(section)
      return new Int32Array(buffer, byteOffset, length >> 2)
    },
    json<Value>(section: Section): Value {
      return JSON.parse(bytes(section).toString())
    },
    part(section: Section, from = 0, to = lengthOf(section)): Buffer {
      return readBytes(startOf(section) + from, to - from)
    },
  }

  function bytes(section: Section): Buffer {
    const start = startOf(section)
    const end = start + lengthOf(section)
    return end <= common.length ? common.subarray(start, end) : readBytes(start, end - start)
  }

  function startOf(section: Section): number {
    return starts[sections.indexOf(section)] ?? 0
  }

  function lengthOf(section: Section): number {
    return lengths[sections.indexOf(section)] ?? 0
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array | Int8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
