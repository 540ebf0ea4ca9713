import {
  byteKind,
  type HitFilter,
  type Lead,
  type LiteralFilter,
  lengthOf,
  type ValueFilter,
} from '../../src/kernel/hit-filter.ts'
import { naiveValues } from './naive-values.ts'

const MAX_NAME = 80
const MAX_CLOSERS = 5
const MAX_BLANKS = 64
const MAX_WORDS = 3
const MAX_WORDS_BYTES = 24
const BEFORE_ESCAPE = 128
const AFTER_ESCAPE = 256
const AFTER_ESCAPE_IN_WORD = 4096
const QUOTE_REACH = 160
const PAIR_REACH = 80
const BESIDE_REACH = 96
const BESIDE_LINES = 2
const RUN_REACH = 512

const anyValue: ValueFilter = { least: 0, wordsBelow: 0, surprise: 0 }

/** The hits of a text, in order, that a filter keeps; the slow and obvious way. */
export function filterHits(
  hits: readonly [start: number, literal: number][],
  text: Uint8Array,
  filter: HitFilter,
  lengthsOf: readonly number[],
  isCode = false,
): [start: number, literal: number][] {
  const end = text.length
  const values = naiveValues(text, isCode)
  const escapes = hits.filter(([, literal]) => filter.literals[literal]?.isEscape).map(([start]) => start)
  return hits.filter(([start, literal]) => {
    const condition = filter.literals[literal]
    if (!condition || condition.isEscape) return true
    const { next } = condition
    const after = text[start + lengthsOf[literal]!]
    if (next !== undefined && (after === undefined || !isMember(next, after))) return false
    return isWanted(condition, start, lengthsOf[literal]!) || isNearEscape(start, literal, hits)
  })

  function isNearEscape(start: number, literal: number, all: readonly [number, number][]): boolean {
    // Where both begin at one place, the one with the lower number comes first.
    const place = all.findIndex(([at, id]) => at === start && id === literal)
    const before = all.slice(0, place).findLast(([, id]) => filter.literals[id]?.isEscape)
    if (before && isBehind(before[0], start)) return true
    return escapes.some(at => at >= start && at - start <= BEFORE_ESCAPE)
  }

  function isWanted(
    { inName, value = anyValue, beside, opensBlock, leads = [] }: LiteralFilter,
    start: number,
    length: number,
  ): boolean {
    const isName = inName === 'part' || (inName === 'word' && isWholeWord(start, start + length))
    if (isName && isNameOfValue(start, start + length, value)) return true
    const isIssuer = startsWord(start) && mayEndIssuer(start + length)
    if (beside && isIssuer && hasTokenBeside(start + length, beside)) return true
    if (
      opensBlock &&
      isIssuer &&
      /^[^\r\n]{0,39}[\r\n]/.test(Buffer.from(text.subarray(start + length)).toString('latin1'))
    )
      return true
    return leads.some(
      lead =>
        isLead(lead, start - lead.before) &&
        holdsRuns(lead.tail, start + length) &&
        leadsToMark(lead, start + length),
    )
  }

  function leadsToMark({ mark }: Lead, from: number): boolean {
    if (!mark) return true
    const near = text.subarray(from, from + mark.most)
    const at = near.indexOf(mark.byte)
    return at >= 0 && near.subarray(0, at).every(byte => isMember(mark.set, byte))
  }

  function isLead({ runs, startsWord, guard }: Lead, from: number): boolean {
    if (from < 0) return false
    if (from > 0 && !isEscaped(from - 1)) {
      if (startsWord && is(from - 1, byteKind.word)) return false
      if (guard !== undefined && !isMember(guard, text[from - 1]!)) return false
    }
    return holdsRuns(runs, from)
  }

  function holdsRuns(runs: readonly number[], from: number): boolean {
    if (from + lengthOf(runs) > end) return false
    let at = from
    for (let pair = 0; pair < runs.length; pair += 2) {
      for (let count = runs[pair + 1]!; count > 0; count--) {
        if (!isMember(runs[pair]!, text[at++]!)) return false
      }
    }
    return true
  }

  function isWholeWord(from: number, to: number): boolean {
    return startsWord(from) && (to >= end || !isWithinWord(to))
  }

  function startsWord(from: number): boolean {
    return from === 0 || isEscaped(from - 1) || !isWithinWord(from)
  }

  function mayEndIssuer(at: number): boolean {
    return at + 1 >= end || !isWithinWord(at) || /^(?:a[ip]|da|hq|io|[ks]e|to)/i.test(textFrom(at, 2))
  }

  function isWithinWord(at: number): boolean {
    return /^(?:[A-Za-z][a-z]|[A-Z][A-Z])$/.test(
      Buffer.from(text.subarray(at - 1, at + 1)).toString('latin1'),
    )
  }

  function isEscaped(at: number): boolean {
    return at > 0 && text[at - 1] === 0x5c
  }

  function isMember(set: number, byte: number): boolean {
    return ((filter.sets[(set << 5) + (byte >> 3)]! >> (byte & 7)) & 1) === 1
  }

  /** Whether the byte is there and of the kind. */
  function is(at: number, kind: number): boolean {
    return at < end && (filter.kinds[text[at]!]! & kind) !== 0
  }

  /** The first place from `at` on, at most `most` bytes later, that is not of the kind. */
  function skip(at: number, kind: number, most: number): number {
    let next = at
    while (next - at < most && is(next, kind)) next++
    return next
  }

  function isNameOfValue(literalStart: number, literalEnd: number, value: ValueFilter): boolean {
    const nameEnd = skip(literalEnd, byteKind.name, MAX_NAME + 1)
    if (nameEnd - literalEnd > MAX_NAME) return false
    const closed = skip(nameEnd, byteKind.closer, MAX_CLOSERS)
    const blanks = closed + (/^\[\d{0,7}\]/.exec(textFrom(closed, 9))?.[0].length ?? 0)
    const at = skip(blanks, byteKind.blank, MAX_BLANKS + 1)
    if (at - blanks > MAX_BLANKS) return true
    const isClosed = closed > nameEnd
    if (text[at] === 0x7b) return /^\{ ?get/.test(textFrom(at, 5))
    const operator = operatorEnd(at)
    if (operator > 0)
      return text[at] === 0x3e
        ? values.mayElementHold(operator, value)
        : values.mayHold(operator, text[at] === 0x3a, value, isWithinText(literalStart, nameEnd))
    if (is(at, byteKind.operator))
      return joinsName(at) || joinsQuoted(literalStart, at, isClosed, at === nameEnd, value)
    if (/^[\r\nv]/i.test(textFrom(at, 1)) && leadsToPair(at)) return true
    if (isClosed || at >= end || at === blanks) return false
    if (isQuote(at) && (values.mayQuotedHold(at, value) || leadsToPair(at))) return true
    return (
      (isFlag(literalStart) && values.mayHold(at, false, value, isWithinText(literalStart, nameEnd))) ||
      wordsLead(literalStart, nameEnd, value)
    )
  }

  function isTuple(literal: number, comma: number, filter: ValueFilter): boolean {
    const start = nameStartOf(literal)
    if (!/\{:?$/.test(textFrom(Math.max(0, start - 2), Math.min(2, start)))) return false
    const [joint = ''] = /^,[ \t]*(?:<<)?/.exec(textFrom(comma, 2000)) ?? []
    return isQuote(comma + joint.length) && values.mayQuotedHold(comma + joint.length, filter)
  }

  function nameStartOf(literal: number): number {
    let at = literal
    while (at > 0 && literal - at < MAX_NAME && is(at - 1, byteKind.name)) at--
    return at
  }

  function isWithinText(literal: number, nameEnd: number): boolean {
    const at = nameStartOf(literal)
    if (at > 0 && isQuote(at - 1)) return !isQuote(nameEnd)
    return at > 0 && (/[&?;]/.test(textFrom(at - 1, 1)) || (at > 1 && textFrom(at - 2, 2) === '${'))
  }

  function joinsName(at: number): boolean {
    return operatorEnd(at) > 0 || (textFrom(at, 2) === '</' && leadsToPair(at))
  }

  /** Where an operator ends that joins a name to any value, or 0. */
  function operatorEnd(at: number): number {
    if (text[at] === 0x3e) return text[at - 1] === 0x2d ? 0 : at + 1
    const [operator = ''] = /^(?:===?|=>?|:(?!:|\/\/|=)-?|:{1,3}=|!==?|\+=|<-)/.exec(textFrom(at, 4)) ?? []
    const end = at + operator.length
    if (operator !== ':') return operator === '' ? 0 : end
    const near = textFrom(end, 50)
    const [type = ''] = /^[ \t]*[\w.$\x80-\xff <>[\]&|?*-]+ =(?![=>])/.exec(near) ?? []
    return type.length > 48 ? end : end + type.length
  }

  function joinsQuoted(
    literal: number,
    at: number,
    isClosed: boolean,
    isTight: boolean,
    filter: ValueFilter,
  ): boolean {
    if (/^\|[ \t]/.test(textFrom(at, 2))) return true
    if (text[at] === 0x2c && isClosed && leadsToPair(at + 1)) return true
    const [error = ''] = /^, ?(?:err|ok|_) :?=/.exec(textFrom(at, 9)) ?? []
    if (!isClosed && error !== '')
      return values.mayHold(at + error.length, false, filter, isWithinText(literal, at))
    if (!isClosed && text[at] === 0x2c) return isTuple(literal, at, filter)
    const [operator = ''] = /^(?:,|\(|\|\||\?[=?:])/.exec(textFrom(at, 2)) ?? []
    if (operator === '' || (operator === ',' && !isClosed) || (operator === '(' && !isTight)) return false
    const value = textFrom(at + operator.length, QUOTE_REACH)
    const [before] = /^[\w.$\x80-\xff \t\r\n(=@[\\-]*(?=["'`])/.exec(value) ?? []
    if (before === undefined) return /^[\w.$\x80-\xff \t\r\n(=@[\\-]{160}/.test(value)
    return /[[\\]/.test(before) || values.mayQuotedHold(at + operator.length + before.length, filter)
  }

  function leadsToPair(at: number): boolean {
    const [before = ''] = /^(?:<\/[^>]*)?[ \t\r\n"'`,<>]*/.exec(textFrom(at, PAIR_REACH)) ?? []
    if (before.length === PAIR_REACH) return false
    const near = textFrom(at + before.length, 2000)
    const word = before.endsWith('<') ? /^(?:[vV][aA][lL][uU][eE]|string)/ : /^value/i
    return word.test(near) && /^[a-zA-Z]+["'`]?[ \t]*[:=>]/.test(near)
  }

  function isQuote(at: number): boolean {
    return /["'`]/.test(textFrom(at, 1))
  }

  function textFrom(at: number, length: number): string {
    return Buffer.from(text.subarray(at, at + length)).toString('latin1')
  }

  function wordsLead(literal: number, nameEnd: number, filter: ValueFilter): boolean {
    let at = nameEnd
    for (let words = 0; words < MAX_WORDS; words++) {
      if (at + 1 >= end) return false
      if (!is(at, byteKind.blank) || !is(at + 1, byteKind.name)) break
      at = skip(at + 1, byteKind.name, nameEnd + MAX_WORDS_BYTES - at - 1)
    }
    if (at === nameEnd) return false
    const closed = skip(at, byteKind.closer, MAX_CLOSERS)
    const joiner = skip(closed, byteKind.blank, MAX_BLANKS + 1)
    if (joiner - closed > MAX_BLANKS) return true
    const value = operatorEnd(joiner)
    if (value === 0) return false
    if (/^[<:]/.test(textFrom(nameStartOf(literal) - 1, 1))) return true
    return (
      text[joiner] !== 0x3e && values.mayHold(value, text[joiner] === 0x3a, filter, isWithinText(literal, at))
    )
  }

  function hasTokenBeside(from: number, { run: least, set }: NonNullable<LiteralFilter['beside']>): boolean {
    for (let at = from; at <= from + BESIDE_REACH; at++) {
      const lines = textFrom(from, at - from).split('\n').length - 1
      if (lines > BESIDE_LINES) return false
      let last = at
      while (last < end && isMember(set, text[last]!)) last++
      const run = textFrom(at, Math.min(last - at, from + BESIDE_REACH + least + RUN_REACH - at))
      if (run.length >= least && (run.match(/\d/g) ?? []).length >= 2) return true
    }
    return false
  }

  function isFlag(literal: number): boolean {
    const at = nameStartOf(literal)
    if (text[at] === 0x2d) return true
    return at >= 4 && /(?:[VvGXx]|-[A-Za-z]{0,10}) $/.test(textFrom(Math.max(0, at - 13), Math.min(13, at)))
  }

  function isBehind(opener: number, start: number): boolean {
    const distance = start - opener
    if (distance <= AFTER_ESCAPE) return true
    if (distance > AFTER_ESCAPE_IN_WORD) return false
    return text.subarray(opener + AFTER_ESCAPE, start).every(byte => byte > 0x20 && byte !== 0x22)
  }
}
