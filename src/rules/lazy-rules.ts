/*
 * A program as a file of which only what is needed is read: of a thousand rules a scan of a few texts looks at some dozens.
 * Numbers are 32-bit, little-endian:
 *   0    'STR' and the version of the format, one byte
 *   4    bytes of the head, number of rules, then for each rule where its text ends
 *   then the head (JSON: the program without its rules), and the rules' texts (JSON)
 */
import { UserError } from '../errors.ts'
import type { CompiledRule, Program } from '../program.ts'

const signature = 0x01_52_54_53

export function encodeProgram({ rules, ...head }: Program): Uint8Array {
  const headText = Buffer.from(JSON.stringify(head))
  const texts = rules.map(rule => Buffer.from(JSON.stringify(rule)))
  let end = 0
  const ends = texts.map(text => (end += text.length))
  const numbers = Uint32Array.from([signature, headText.length, rules.length, ...ends])
  return Buffer.concat([Buffer.from(numbers.buffer), headText, ...texts])
}

/**
 * The program, whose rules are read when they are looked at.
 * @throws UserError for bytes that are not those of a program of this version
 */
export function decodeProgram(bytes: Buffer): Program {
  const { head, count, read } = openProgram(bytes)
  return { ...head, rules: createLazyRules(count, read) }
}

/** The same with rules that can be copied field by field, as those who change them do. */
export function toWholeProgram({ prepared: _ofAllRules, rules, ...head }: Program): Program {
  return { ...head, rules: rules.map(copyRule) }
}

function copyRule(rule: CompiledRule): CompiledRule {
  const there = Object.keys(fields).filter(field => Reflect.get(rule, field) !== undefined)
  return Object.assign({}, ...there.map(field => ({ [field]: Reflect.get(rule, field) })))
}

function openProgram(bytes: Buffer) {
  if (bytes.length < 12 || bytes.readUInt32LE(0) !== signature)
    throw new UserError('The compiled rules are not in the format of this version', 'Install stanch again.')
  const [headBytes, count] = [bytes.readUInt32LE(4), bytes.readUInt32LE(8)]
  const headStart = 12 + 4 * count
  const textsStart = headStart + headBytes
  const head: Omit<Program, 'rules'> = JSON.parse(bytes.toString('utf8', headStart, textsStart))
  const endOf = (rule: number) => textsStart + (rule < 0 ? 0 : bytes.readUInt32LE(12 + 4 * rule))
  const read = (rule: number) => JSON.parse(bytes.toString('utf8', endOf(rule - 1), endOf(rule)))
  return { head, count, read }
}

/** Every field of a rule; the compiler sees to it that none is left out. */
const fields: Record<keyof CompiledRule, true> = {
  id: true,
  provider: true,
  description: true,
  severity: true,
  confidence: true,
  specificity: true,
  matcher: true,
  path: true,
  secretGroup: true,
  entropy: true,
  checksum: true,
  fixedPrefix: true,
  hidden: true,
  required: true,
  allowlists: true,
  isExact: true,
}

/** A rule that reads itself when one of its fields is asked for. */
interface LazyRule {
  number: number
  whole?: Record<string, unknown>
}

function createLazyRules(count: number, read: (rule: number) => Record<string, unknown>): CompiledRule[] {
  const prototype = {}
  for (const field of Object.keys(fields)) {
    Object.defineProperty(prototype, field, {
      enumerable: true,
      get(this: LazyRule) {
        this.whole ??= read(this.number)
        return this.whole[field]
      },
    })
  }
  return Array.from({ length: count }, (_, number) => Object.assign(Object.create(prototype), { number }))
}
