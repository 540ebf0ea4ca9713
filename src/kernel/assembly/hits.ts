// Turns the visits of a search into hits, and leaves out those that the caller has no use for (AssemblyScript);
// `hit-filter.ts` explains the conditions, and test/support/naive-filter.ts does the same in plain JavaScript.

import { leadsToPair } from './pairs'
import { mayQuotedHold } from './quoted-values'
import {
  BYTE_BLANK,
  BYTE_CLOSER,
  BYTE_NAME,
  BYTE_OPERATOR,
  BYTE_WORD,
  MAX_NAME,
  byteAt,
  configureText,
  high,
  isCut,
  isQuote,
  kindOf,
  low,
  nameStartOf,
  showKind,
  showText,
} from './text'
import { skipBlanks } from './value-marks'
import { configureValues } from './value-words'
import { mayElementHold, mayValueHold, skipType } from './values'

const FLAG_NAME: u32 = 1
const FLAG_ESCAPE: u32 = 2
const FLAG_WHOLE_WORD: u32 = 4
const FLAG_BESIDE: u32 = 8
const FLAG_OPENS: u32 = 16

// In the list of hits a literal has these bits until the block is settled.
const DROPPED: u32 = 0x80000000
const ESCAPE: u32 = 0x40000000

/** Of a literal's entry, without its leads. */
const ENTRY_BYTES: usize = 32
/** Of a lead, without its pairs. */
const LEAD_BYTES: usize = 40
const MAX_CLOSERS: usize = 5
const MAX_BLANKS: usize = 64
const MAX_WORDS: usize = 3
const MAX_WORDS_BYTES: usize = 24
const QUOTE_REACH: usize = 160
const MAX_OPTION: usize = 12
const MAX_DIMENSION: usize = 8
const BESIDE_REACH: usize = 96
const BESIDE_DIGITS: u32 = 2
/** Most bytes of a run beyond that among which its digits are looked for. */
const RUN_REACH: usize = 512
const BESIDE_LINES: u32 = 2
/** Most bytes between a name and the end of the line that opens a block: the rest of a longer name, and punctuation. */
const OPENER_REACH: usize = 24 + 16
const BEFORE_ESCAPE: i32 = 128
const AFTER_ESCAPE: i32 = 256
const AFTER_ESCAPE_IN_WORD: i32 = 4096

let outputsOf: usize = 0
let root: i32 = 0
let outputs: usize = 0
let filters: usize = 0
let rests: usize = 0
let sets: usize = 0
let starts: usize = 0
let literals: usize = 0

let count: usize = 0
let lastEscape: i32 = 0

/** `firstBytes`: distance of the first accepting row from `table`, see search.ts. */
export function configureHits(
  table: usize,
  strideBytes: usize,
  firstBytes: i32,
  outputsAddress: usize,
  filtersAddress: usize,
  restsAddress: usize,
  setsAddress: usize,
  kindsAddress: usize,
  surprisesAddress: usize,
  startsAddress: usize,
  literalsAddress: usize,
): void {
  outputsOf = table + <usize>firstBytes + strideBytes - 4
  root = firstBytes
  outputs = outputsAddress
  filters = filtersAddress
  rests = restsAddress
  sets = setsAddress
  starts = startsAddress
  literals = literalsAddress
  configureText(kindsAddress)
  configureValues(surprisesAddress)
}

/** A new text begins; in code bare words are expressions. */
export function beginText(isCode: bool): void {
  showKind(isCode)
  lastEscape = i32.MIN_VALUE / 2
}

/** A new block begins, of which the bytes at `lowest .. highest` are there. */
export function beginBlock(lowest: usize, highest: usize, cut: bool): void {
  count = 0
  showText(lowest, highest, cut)
}

/** Adds the hits of the visits at `visit .. end`; `block` is the address and `offset` the place in the text that they count from. */
export function collect(visit: usize, end: usize, block: usize, offset: i32): void {
  while (visit < end) {
    const start = load<u32>(visit)
    const row = load<u32>(visit, 4)
    visit += 8
    let output = outputs + (<usize>(load<i32>(outputsOf + (<usize>row << 2)) + root) << 1)
    const last = output + (<usize>load<u32>(output) << 3)
    while (output < last) {
      output += 8
      if (!mayStand(load<u32>(output, 4), block + start)) continue
      const literal = load<u32>(output)
      if (restStands(literal, block + start)) add(literal, block + start, <i32>start + offset)
    }
  }
}

/** Whether the byte behind the key of a literal that begins at `at` is one that the check asks for. `encode-outputs.ts` wrote it. */
// @ts-ignore: decorator
@inline function mayStand(check: u32, at: usize): bool {
  if (check == 0) return true
  const next = at + (check & 0xffff)
  return next < high ? isMember((check >> 16) - 1, load<u8>(next)) : isCut
}

/** Whether all of the literal stands at `at`, of which the search has found the key. `encode-rests.ts` wrote the table. */
// @ts-ignore: decorator
@inline function restStands(literal: u32, at: usize): bool {
  const entry = load<u32>(rests + (<usize>literal << 2))
  if (entry == 0) return true
  let rest = rests + entry
  let next = at + load<u32>(rest)
  const end = next + load<u32>(rest, 4)
  if (end > high) return false
  for (rest += 8; next < end; next++, rest++) {
    if (foldCase(load<u8>(next)) != load<u8>(rest)) return false
  }
  return true
}

// @ts-ignore: decorator
@inline function foldCase(byte: u32): u32 {
  return byte - 0x41 < 26 ? byte + 0x20 : byte
}

/** Drops what nothing asks for any more, and answers with the number of hits. `next`: where in the text an escape may come. */
export function finishBlock(next: i32): usize {
  let escape = next
  for (let at = count; at > 0; ) {
    at--
    const literal = load<u32>(literals + (at << 2))
    const start = load<i32>(starts + (at << 2))
    if (literal & ESCAPE) escape = start
    else if (literal & DROPPED && escape - start <= BEFORE_ESCAPE) store<u32>(literals + (at << 2), literal & ~DROPPED)
  }
  let kept: usize = 0
  for (let at: usize = 0; at < count; at++) {
    const literal = load<u32>(literals + (at << 2))
    if (literal & DROPPED) continue
    store<u32>(literals + (kept << 2), literal & ~ESCAPE)
    store<i32>(starts + (kept << 2), load<i32>(starts + (at << 2)))
    kept++
  }
  return kept
}

// @ts-ignore: decorator
@inline function add(literal: u32, at: usize, start: i32): void {
  const entry = load<u32>(filters + (<usize>literal << 2))
  let tagged = literal
  if (entry != 0) {
    const filter = filters + entry
    if (load<u32>(filter) & FLAG_ESCAPE) {
      tagged |= ESCAPE
      lastEscape = start
    } else if (!isWanted(filter, at) && !isBehindEscape(at, start)) tagged |= DROPPED
  }
  store<i32>(starts + (count << 2), start)
  store<u32>(literals + (count << 2), tagged)
  count++
}

function isWanted(filter: usize, at: usize): bool {
  const flags = load<u32>(filter)
  const length = load<u32>(filter, 4)
  if (flags & FLAG_NAME && (!(flags & FLAG_WHOLE_WORD) || isWholeWord(at, length)) && isNameOfValue(filter, at, length)) return true
  if (flags & (FLAG_BESIDE | FLAG_OPENS) && startsWord(at) && mayEndIssuer(at + length)) {
    if (flags & FLAG_BESIDE && hasTokenBeside(at + length, load<u32>(filter, 20), load<u32>(filter, 28))) return true
    if (flags & FLAG_OPENS && endsLine(at + length)) return true
  }
  const leads = load<u32>(filter, 8)
  let lead = filter + ENTRY_BYTES
  for (let i: u32 = 0; i < leads; i++) {
    const tail = lead + LEAD_BYTES + (<usize>load<u32>(lead, 16) << 3)
    const pairs = load<u32>(lead, 24)
    // A lead mostly begins with the literal, so that its tail tells more.
    if (holdsRuns(tail, at + length, load<u32>(lead, 20), pairs) && isLead(lead, at) && leadsToMark(lead, at + length)) return true
    lead = tail + (<usize>pairs << 3)
  }
  return false
}

/** Whether bytes of the sets that the lead asks for stand from its start on. */
// @ts-ignore: decorator
@inline function isLead(lead: usize, literal: usize): bool {
  const at = literal - load<u32>(lead)
  if (at < low) return isCut
  if (at > low) {
    const before = load<u8>(at - 1)
    if (load<u32>(lead, 4) && kindOf(before) & BYTE_WORD && !isEscaped(at - 1)) return false
    const guard = load<u32>(lead, 8)
    if (guard && !isMember(guard - 1, before) && !isEscaped(at - 1)) return false
  }
  return holdsRuns(lead + LEAD_BYTES, at, load<u32>(lead, 12), load<u32>(lead, 16))
}

/** Whether the byte that the lead asks for stands behind its literal, with only such bytes between them as its set has. */
function leadsToMark(lead: usize, from: usize): bool {
  const mark = load<u32>(lead, 28)
  if (mark == 0) return true
  const set = load<u32>(lead, 32)
  const limit = from + load<u32>(lead, 36)
  for (let at = from; at < limit; at++) {
    if (at >= high) return isCut
    const byte = load<u8>(at)
    if (byte == mark) return true
    if (!isMember(set, byte)) return false
  }
  return false
}

/** Whether a backslash stands before it, so that it is another character: `n` of `\n`. */
// @ts-ignore: decorator
@inline function isEscaped(at: usize): bool {
  return at > low ? load<u8>(at - 1) == 0x5c : isCut
}

function holdsRuns(pairs: usize, from: usize, bytes: u32, count: u32): bool {
  if (from + bytes > high) return isCut
  let at = from
  let pair = pairs
  for (let i: u32 = 0; i < count; i++) {
    const set = load<u32>(pair)
    const end = at + load<u32>(pair, 4)
    for (; at < end; at++) if (!isMember(set, load<u8>(at))) return false
    pair += 8
  }
  return true
}

/** Whether the literal is no part of a longer word of the name: `dd` of `ddKey` and `DD_KEY`, but not of `address`. */
function isWholeWord(at: usize, length: u32): bool {
  if (!startsWord(at)) return false
  const end = at + length
  return end >= high || !joins(load<u8>(end - 1), load<u8>(end))
}

// @ts-ignore: decorator
@inline function startsWord(at: usize): bool {
  return at <= low || !joins(load<u8>(at - 1), load<u8>(at)) || isEscaped(at - 1)
}

/** Whether both are letters of one word. */
// @ts-ignore: decorator
@inline function joins(a: u32, b: u32): bool {
  if (!isLetter(a) || !isLetter(b)) return false
  // A small letter and then a capital begin a new word.
  return (a & 0x20) == 0 || (b & 0x20) != 0
}

// @ts-ignore: decorator
@inline function isLetter(byte: u32): bool {
  const small = byte | 0x20
  return small >= 0x61 && small <= 0x7a
}

/** Whether the name that the literal is part of may have a value that is of use: closers, blanks, an operator and the value follow. */
function isNameOfValue(filter: usize, literal: usize, length: u32): bool {
  const from = literal + length
  let at = from
  // Bounded, as names overlap on hostile text.
  while (at < high && at - from <= MAX_NAME && kindOf(load<u8>(at)) & BYTE_NAME) at++
  if (at - from > MAX_NAME) return false
  const nameEnd = at
  while (at < high && at - nameEnd < MAX_CLOSERS && kindOf(load<u8>(at)) & BYTE_CLOSER) at++
  const isClosed = at > nameEnd
  if (byteAt(at) == 0x5b) at = skipDimension(at)
  const blanks = at
  while (at < high && kindOf(load<u8>(at)) & BYTE_BLANK) {
    at++
    if (at - blanks > MAX_BLANKS) return true
  }
  if (at >= high) return isCut
  const byte = load<u8>(at)
  if (byte == 0x7b) return isAccessors(at)
  if (kindOf(byte) & BYTE_OPERATOR) {
    const end = operatorEnd(at, byte)
    if (end != 0) return byte == 0x3e ? mayElementHold(filter, end) : mayValueHold(filter, end, byte == 0x3a, literal, nameEnd)
    return (byte == 0x3c && byteAt(at + 1) == 0x2f && leadsToPair(at)) || joinsQuoted(filter, literal, at, byte, isClosed, at == nameEnd)
  }
  if ((byte == 0x0a || byte == 0x0d || (byte | 0x20) == 0x76) && leadsToPair(at)) return true
  if (isClosed || at == blanks) return false
  if (isQuote(byte) && (mayQuotedHold(filter, at) || leadsToPair(at))) return true
  return (isFlag(literal) && mayValueHold(filter, at, false, literal, nameEnd)) || wordsLead(filter, literal, nameEnd)
}

/** Whether up to three words lead to an operator and a value of use, as in `Datadog API key: …`; in an element its attributes may. */
function wordsLead(filter: usize, literal: usize, nameEnd: usize): bool {
  let at = nameEnd
  const limit = nameEnd + MAX_WORDS_BYTES
  for (let words: usize = 0; words < MAX_WORDS; words++) {
    if (at + 1 >= high) return isCut
    if (!(kindOf(load<u8>(at)) & BYTE_BLANK) || !(kindOf(load<u8>(at + 1)) & BYTE_NAME)) break
    at++
    while (at < high && at < limit && kindOf(load<u8>(at)) & BYTE_NAME) at++
  }
  if (at == nameEnd) return false
  const end = at
  while (at < high && at - end < MAX_CLOSERS && kindOf(load<u8>(at)) & BYTE_CLOSER) at++
  const blanks = at
  while (at < high && kindOf(load<u8>(at)) & BYTE_BLANK) {
    at++
    if (at - blanks > MAX_BLANKS) return true
  }
  if (at >= high) return isCut
  const byte = load<u8>(at)
  const value = operatorEnd(at, byte)
  if (value == 0) return false
  return isOfElement(literal) || (byte != 0x3e && mayValueHold(filter, value, byte == 0x3a, literal, end))
}

/** Whether the name may be that of an element: `<password`, `<ns:password`. */
// @ts-ignore: decorator
@inline function isOfElement(literal: usize): bool {
  const at = nameStartOf(literal)
  if (at == low) return isCut
  return load<u8>(at - 1) == 0x3c || load<u8>(at - 1) == 0x3a
}

/** Where an operator ends that joins a name to any value: `=`, `:`, `:=`, `!=`, `<-`, `+=`, `>` of an element; 0 if there is none. */
function operatorEnd(at: usize, byte: u32): usize {
  if (byte == 0x3d) {
    const next = byteAt(at + 1)
    if (next == 0x3d) return byteAt(at + 2) == 0x3d ? at + 3 : at + 2
    return next == 0x3e ? at + 2 : at + 1
  }
  if (byte == 0x3e) return at == low || load<u8>(at - 1) != 0x2d ? at + 1 : 0
  // The longest is `:::=`.
  if (at + 4 > high && isCut) return high
  const next = byteAt(at + 1)
  if (byte == 0x3a) {
    if (next == 0x3d) return at + 2
    if (next == 0x3a) {
      if (byteAt(at + 2) == 0x3d) return at + 3
      return byteAt(at + 2) == 0x3a && byteAt(at + 3) == 0x3d ? at + 4 : 0
    }
    if (next == 0x2f && byteAt(at + 2) == 0x2f) return 0
    return next == 0x2d ? at + 2 : skipType(at + 1)
  }
  if (byte == 0x3c) return next == 0x2d ? at + 2 : 0
  if (byte == 0x21) return next == 0x3d ? (byteAt(at + 2) == 0x3d ? at + 3 : at + 2) : 0
  return byte == 0x2b && next == 0x3d ? at + 2 : 0
}

/** Whether the byte begins an operator that joins a name to a text that is of use: `"name", "…"`, `name("…")`, `name ?? "…"`. */
function joinsQuoted(filter: usize, literal: usize, at: usize, byte: u32, isClosed: bool, isTight: bool): bool {
  if (byte == 0x2c) return isClosed ? leadsToQuote(filter, at + 1) || leadsToPair(at + 1) : joinsBesideError(filter, literal, at) || isTupleOfText(filter, literal, at)
  if (byte == 0x28) return isTight && leadsToQuote(filter, at + 1)
  if (at + 1 >= high) return isCut
  const next = load<u8>(at + 1)
  // A cell of a table, or `||`.
  if (byte == 0x7c) return (kindOf(next) & BYTE_BLANK) != 0 || (next == 0x7c && leadsToQuote(filter, at + 2))
  return byte == 0x3f && (next == 0x3d || next == 0x3f || next == 0x3a) && leadsToQuote(filter, at + 2)
}

/** `key[]`, `key[32]`: past the brackets. */
function skipDimension(from: usize): usize {
  let at = from + 1
  while (at < from + MAX_DIMENSION && byteAt(at) - 0x30 < 10) at++
  return byteAt(at) == 0x5d ? at + 1 : from
}

/** Whether accessors of C# begin there: `{ get; set; } = "…"`. */
// @ts-ignore: decorator
@inline function isAccessors(at: usize): bool {
  const first = byteAt(at + 1) == 0x20 ? at + 2 : at + 1
  if (first + 3 > high) return isCut
  return load<u8>(first) == 0x67 && load<u8>(first + 1) == 0x65 && load<u8>(first + 2) == 0x74
}

/** Behind the operator of `key, err := …` of Go, where the name of an error or of nothing comes next; 0 if there is none. */
function endOfBesideError(comma: usize): usize {
  let at = byteAt(comma + 1) == 0x20 ? comma + 2 : comma + 1
  const byte = byteAt(at)
  if (byte == 0x65 && byteAt(at + 1) == 0x72 && byteAt(at + 2) == 0x72) at += 3
  else if (byte == 0x6f && byteAt(at + 1) == 0x6b) at += 2
  else if (byte == 0x5f) at++
  else return 0
  if (byteAt(at++) != 0x20) return 0
  if (byteAt(at) == 0x3a) at++
  return byteAt(at) == 0x3d ? at + 1 : 0
}

/** Most bytes up to the end of such an operator. */
const MAX_ERROR: usize = 9

/** Whether a value of use follows in that way. */
function joinsBesideError(filter: usize, literal: usize, comma: usize): bool {
  if (comma + MAX_ERROR > high && isCut) return true
  const end = endOfBesideError(comma)
  return end != 0 && mayValueHold(filter, end, false, literal, comma)
}

/** `{password, "…"}` and `{password, <<"…">>}` of Erlang, `{:password, "…"}` of Elixir. */
function isTupleOfText(filter: usize, literal: usize, comma: usize): bool {
  let at = nameStartOf(literal)
  if (at > low && load<u8>(at - 1) == 0x3a) at--
  if (at == low) return isCut
  if (load<u8>(at - 1) != 0x7b) return false
  at = skipBlanks(comma + 1)
  if (byteAt(at) == 0x3c && byteAt(at + 1) == 0x3c) at += 2
  return at < high ? isQuote(load<u8>(at)) && mayQuotedHold(filter, at) : isCut
}

/** Whether a text that is of use may begin there, behind brackets or the name of a function that wraps it. */
function leadsToQuote(filter: usize, from: usize): bool {
  let isList = false
  for (let at = from; at < from + QUOTE_REACH; at++) {
    if (at >= high) return isCut
    const byte = load<u8>(at)
    if (isQuote(byte)) return isList || mayQuotedHold(filter, at)
    // Blanks, line breaks, `( = @ [ \`
    if (kindOf(byte) & (BYTE_NAME | BYTE_BLANK) || byte == 0x0a || byte == 0x0d) continue
    // The first text of a list says nothing of the others, and a quote behind a backslash is one of a text.
    if (byte == 0x5b || byte == 0x5c) isList = true
    else if (byte != 0x28 && byte != 0x3d && byte != 0x40) return false
  }
  return true
}

/** Whether the name of an issuer may end there: its word does, or one of the suffixes of `short-names.ts` begins, as far as two letters tell. */
function mayEndIssuer(end: usize): bool {
  if (end + 1 >= high || !joins(load<u8>(end - 1), load<u8>(end))) return true
  const first = load<u8>(end) | 0x20
  const second = load<u8>(end + 1) | 0x20
  if (first == 0x61) return second == 0x69 || second == 0x70
  if (first == 0x64) return second == 0x61
  if (first == 0x68) return second == 0x71
  if (first == 0x69) return second == 0x6f
  if (first == 0x6b || first == 0x73) return second == 0x65
  return first == 0x74 && second == 0x6f
}

/**
 * Whether a run of bytes that may be a token, so long and with digits, begins near behind the name. It is looked for from its end on: what ends a
 * shorter run is passed by with all before it.
 */
function hasTokenBeside(from: usize, run: u32, set: u32): bool {
  const limit = from + BESIDE_REACH + run
  let at = from
  while (at + run <= limit) {
    if (at + run > high) return isCut
    let last = at + run - 1
    while (last >= at && isMember(set, load<u8>(last))) last--
    if (last >= at) {
      at = last + 1
      continue
    }
    let digits: u32 = 0
    const start = at
    for (; at < limit + RUN_REACH && (at - start < run || digits < BESIDE_DIGITS); at++) {
      if (at >= high) return isCut
      const byte = load<u8>(at)
      if (!isMember(set, byte)) break
      if (byte - 0x30 < 10) digits++
    }
    if (at - start >= run && digits >= BESIDE_DIGITS) return isWithinLines(from, start)
  }
  return false
}

function isWithinLines(from: usize, to: usize): bool {
  let lines: u32 = 0
  for (let at = from; at < to; at++) if (load<u8>(at) == 0x0a && ++lines > BESIDE_LINES) return false
  return true
}

function endsLine(from: usize): bool {
  for (let at = from; at < from + OPENER_REACH; at++) {
    if (at >= high) return isCut
    const byte = load<u8>(at)
    if (byte == 0x0a || byte == 0x0d) return true
  }
  return false
}

/**
 * `--password value`, `ENV PASSWORD value`, `set -gx PASSWORD value`: the name starts with a dash, or stands behind such a word or an
 * option.
 */
function isFlag(literal: usize): bool {
  const at = nameStartOf(literal)
  if (load<u8>(at) == 0x2d) return true
  if (at < low + 4) return isCut
  if (load<u8>(at - 1) != 0x20) return false
  const last = load<u8>(at - 2)
  // The ends of `ENV` and `setenv`, of `ARG`, of `setx`.
  return (last | 0x20) == 0x76 || last == 0x47 || (last | 0x20) == 0x78 || isOption(at - 1)
}

function isOption(end: usize): bool {
  let at = end - 1
  while (at > low && at > end - MAX_OPTION && isLetter(load<u8>(at))) at--
  return load<u8>(at) == 0x2d || (at == low && isCut)
}

/** Whether an escape before it may open a stretch of text that reaches to the literal. */
function isBehindEscape(at: usize, start: i32): bool {
  const distance = start - lastEscape
  if (distance <= AFTER_ESCAPE) return true
  if (distance > AFTER_ESCAPE_IN_WORD) return false
  let back = at - <usize>(distance - AFTER_ESCAPE)
  if (back < low) return true
  for (; back < at; back++) {
    const byte = load<u8>(back)
    if (byte <= 0x20 || byte == 0x22) return false
  }
  return true
}

// @ts-ignore: decorator
@inline function isMember(set: u32, byte: u32): bool {
  return ((load<u8>(sets + (<usize>set << 5) + (byte >> 3)) >> <u8>(byte & 7)) & 1) != 0
}
