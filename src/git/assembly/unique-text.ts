// Takes the text of many versions of many files apart into units, so that each is searched once.
//
// A unit is a line together with the line before it, as what rules look for may begin there. In the batch it follows
// the unit before it where that is new as well; else the line before is shown again.
// Of a text that is a delta of another only the units that touch a change are looked at. Lines of at most three bytes
// (`}`, blank ones) belong to the line before; lines longer than LONG are cut into pieces that overlap.

import { combine, hashBytes, hashOfNothing } from './hash'
import { isOpening, isTraced, note, noteFar } from './mark-trace'
import { holdsToken, mayHoldTokenBehind } from './token-behind'
import {
  askForUnits,
  clearQueue,
  firstUnit,
  isQueueEmpty,
  isQueueFull,
  passUnit,
  QueuedUnit,
  queueUnit,
} from './unit-queue'
import { isFull, lookUp, noteToken, writeBytes, writeNewline, writeSeparator } from './unit-table'

const LONG: u32 = 8192
/** What a piece shows of its neighbours: more than the longest name and value of an assignment. */
const OVERLAP: u32 = 4608
/** At most so much is shown of the line before. */
const CONTEXT: u32 = 1024
/** And of it with the short ones that belong to it, so much. */
const MOST_CONTEXT: u32 = 4096
const SHORT: u32 = 3
const LARGEST_UNIT: u32 = MOST_CONTEXT + LONG + 2 * OVERLAP + 8

let text: usize = 0
let textSize: u32 = 0
let textNumber: u32 = 0
let nextChange: usize = 0
let lastChange: usize = 0

/** Where we are: at the start of a line. */
let place: u32 = 0
/** The line before: where it begins (at most CONTEXT bytes before its end), and its hash. */
let before: u32 = 0
let beforeHash: u64 = 0
/** The change that we are in; lines that begin before its end are looked at, and the next one. */
let zoneStart: u32 = 0
let zoneEnd: u32 = 0
let hasTail: bool = false
/** In a long line: the piece that comes next, counted from the line's start; else -1. */
let piece: i32 = -1
/** Where that line ends. */
let pieceEnd: u32 = 0
/** What the batch ends with ends here in the text; 0 when it ends with something else. */
let written: u32 = 0
/** So many of the next lines follow lines that are not looked at, as they have not changed. */
let unsure: u32 = 0
/** Lines of a block behind the one that opens it. */
const BLOCK_LINES: u32 = 2
/** Units are not collected, but those that were marked in other texts are listed. */
let isTrace: bool = false

/**
 * Begins with a text at `address`. `changes` are pairs of u32, start and end, in order; a `count` below 0 stands for
 * the whole text. Then call `collect` until it answers 0, ending the batch each time that it answers 1.
 */
export function beginText(address: usize, size: u32, number: u32, changes: usize, count: i32): void {
  text = address
  textSize = size
  textNumber = number
  nextChange = changes
  lastChange = count < 0 ? changes : changes + (<usize>count << 3)
  zoneStart = 0
  zoneEnd = count < 0 ? size : 0
  hasTail = false
  piece = -1
  written = 0
  unsure = 0
  clearQueue()
  isTrace = false
  enterAt(0)
}

/** Lists the marked units of a whole text, see mark-trace.ts. */
export function traceText(address: usize, size: u32): void {
  beginText(address, size, 0, 0, -1)
  isTrace = true
  collect()
}

export function collect(): i32 {
  for (;;) {
    if (!isTrace && (!lookUpUnits() || isFull(LARGEST_UNIT))) {
      written = 0
      return 1
    }
    if (!gatherUnits()) return 0
  }
  return 0
}

/** Looks up what is in the queue; answers whether there was room for all of it. */
function lookUpUnits(): bool {
  askForUnits()
  for (; !isQueueEmpty(); passUnit()) {
    if (isFull(LARGEST_UNIT)) return false
    lookUpUnit(firstUnit())
  }
  clearQueue()
  return true
}

/** Goes on in the text until there is something to look up; answers whether there is. */
function gatherUnits(): bool {
  while (place < textSize && !isQueueFull()) {
    if (place >= zoneEnd && !hasTail && piece < 0) {
      if (nextChange >= lastChange) break
      enterZone()
      continue
    }
    extendZone()
    const end = piece > 0 ? pieceEnd : findLineEnd(place)
    if (end - place <= LONG) collectLine(end)
    else if (isTrace) traceLong(end)
    else {
      // A piece is looked up at once.
      if (isQueueEmpty()) collectPiece(end)
      return true
    }
  }
  return !isQueueEmpty()
}

/** Goes on to the next change: to the line that it begins in, by way of the lines before that. */
function enterZone(): void {
  takeChange()
  // Something was cut off at the end: the last line is one that nothing follows any more.
  if (zoneStart >= textSize) zoneStart = textSize - 1
  const line = findLineStart(zoneStart, place)
  if (line <= place) return
  enterAt(findContext(line))
  while (place < line) {
    const end = findLineEnd(place)
    passLine(end, contextHash(end), counts(place, end))
  }
  unsure = BLOCK_LINES
}

/** Changes that begin before the place that we have come to belong to the same zone. */
function extendZone(): void {
  while (nextChange < lastChange && piece < 0 && load<u32>(nextChange) <= max(place, zoneEnd)) {
    const end = zoneEnd
    takeChange()
    zoneEnd = max(max(zoneEnd, end), place + 1)
  }
}

function takeChange(): void {
  zoneStart = load<u32>(nextChange)
  // What follows may have lost its beginning, also where it begins a line now.
  zoneEnd = load<u32>(nextChange, 4) + 1
  hasTail = true
  nextChange += 8
}

/** Begins at a place, as if nothing stood before it. */
function enterAt(start: u32): void {
  place = start
  before = start
  beforeHash = hashOfNothing()
}

/** So far back that a line that counts stands before `line`. */
function findContext(line: u32): u32 {
  let start = line
  while (start > 0) {
    const end = start - 1
    start = findLineStart(end, end > LONG ? end - LONG : 0)
    // Longer than we want to go back for: it is cut.
    const isCut = start > 0 && load<u8>(text + start - 1) != 10
    if (isCut || counts(start, end)) break
  }
  return start
}

function collectLine(end: u32): void {
  const hash = contextHash(end)
  const isUnit = counts(place, end)
  if (isUnit) {
    const whole = end - place > CONTEXT ? hashBytes(text + place, end - place) : hash
    if (isTrace) traceUnit(unitHash(whole), contextStart(place), end)
    else queueUnit(unitHash(whole), place, end, contextStart(place), unsure > 0)
    if (unsure > 0) unsure--
    if (place >= zoneEnd) hasTail = false
  }
  passLine(end, hash, isUnit)
}

function lookUpUnit(unit: QueuedUnit): void {
  if (lookUp(unit.hash, textNumber, text + unit.end, text + textSize)) write(unit.context, unit.end)
  if (unit.isUnsure && holdsToken(text + unit.start, text + unit.end)) noteTokenAbove(unit.start)
}

/** One piece of a long line: those only that hold some of a change; of a line behind a change the first one. */
function collectPiece(end: u32): void {
  if (piece < 0) piece = zoneStart > place ? <i32>((zoneStart - place) / LONG * LONG) : 0
  const start = place + <u32>piece
  const isChanged = start < zoneEnd && start < end
  if (isChanged || (piece == 0 && place >= zoneEnd)) {
    const from = piece > 0 ? start - OVERLAP : place
    const to = min(end, start + LONG + OVERLAP)
    const hash = hashBytes(text + from, to - from)
    if (lookUp(piece > 0 ? combine(hash, hashOfNothing()) : unitHash(hash), textNumber, text + to, text + textSize)) {
      if (piece > 0) written = 0
      write(contextStart(from), to)
      written = 0
    }
    piece += LONG
    pieceEnd = end
    if (isChanged) return
  } else if (nextChange < lastChange && load<u32>(nextChange) < end) {
    takeChange()
    piece = max(piece, zoneStart > place ? <i32>((zoneStart - place) / LONG * LONG) : 0)
    return
  }
  if (place >= zoneEnd) hasTail = false
  piece = -1
  passLine(end, contextHash(end), true)
}

/** A token has come into a line: lines above may open a block that it stands in now. */
function noteTokenAbove(line: u32): void {
  const placeNow = place
  const beforeNow = before
  const hashNow = beforeHash
  let start = line
  for (let lines: u32 = 0; lines <= BLOCK_LINES && start > 0; lines++) start = findContext(start)
  enterAt(start)
  while (place < line) {
    const end = findLineEnd(place)
    const hash = contextHash(end)
    const isUnit = counts(place, end)
    if (isUnit) {
      const whole = end - place > CONTEXT ? hashBytes(text + place, end - place) : hash
      noteToken(unitHash(whole), textNumber)
    }
    passLine(end, hash, isUnit)
  }
  place = placeNow
  before = beforeNow
  beforeHash = hashNow
}

function passLine(end: u32, hash: u64, isUnit: bool): void {
  if (isUnit) {
    before = end - place > CONTEXT ? end - CONTEXT : place
    beforeHash = hash
  } else {
    beforeHash = combine(beforeHash, hash)
  }
  place = end + 1
}

/** A line that is blank or no more than a bracket belongs to the one before. */
function counts(start: u32, end: u32): bool {
  let at = start
  while (at < end) {
    const byte = load<u8>(text + at)
    if (byte != 32 && byte != 9 && byte != 13) break
    at++
  }
  return end - at > SHORT
}

function contextHash(end: u32): u64 {
  const from = end - place > CONTEXT ? end - CONTEXT : place
  return hashBytes(text + from, end - from)
}

// @ts-ignore: decorator
@inline function unitHash(hash: u64): u64 {
  return combine(hash, beforeHash)
}

/** Copies a unit into the batch, from where the batch has come to in the text, or else with all its context. */
function write(context: u32, end: u32): void {
  let from = context
  if (written > 0 && written >= context) from = written
  else writeSeparator()
  writeBytes(text + from, end - from)
  writeNewline()
  written = end + 1
}

/** Where a unit begins: with the line before, or for pieces but the first one where they begin. */
function contextStart(start: u32): u32 {
  return start == place ? max(before, place > MOST_CONTEXT ? place - MOST_CONTEXT : 0) : start
}

function traceUnit(hash: u64, start: u32, end: u32): void {
  if (!isTraced(hash)) return
  if (!isOpening() || mayHoldTokenBehind(text + end, text + textSize, false)) note(start, end)
}

/** The pieces of a long line move with its bytes, so that a marked one may be another one here. */
function traceLong(end: u32): void {
  noteFar(contextStart(place), end)
  passLine(end, contextHash(end), true)
}

function findLineStart(at: u32, floor: u32): u32 {
  let start = at
  while (start > floor && load<u8>(text + start - 1) != 10) start--
  return start
}

/** The end of the line, before its `\n`. Reads up to 15 bytes beyond the text. */
function findLineEnd(start: u32): u32 {
  const newline = i8x16.splat(10)
  const end = text + textSize
  let at = text + start
  while (at < end) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), newline))
    if (found) {
      at += ctz<i32>(found)
      break
    }
    at += 16
  }
  return <u32>(min(at, end) - text)
}
