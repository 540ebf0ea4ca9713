// Takes the text of many versions of many files apart into units, so that each is searched once.
//
// A unit is a line together with the line before it, as what rules look for may begin there. In the batch it follows
// the unit before it where that is new as well; else the line before is shown again.
// Of a text that is a delta of another only the units that touch a change are looked at. Lines of at most three bytes
// (`}`, blank ones) belong to the line before; lines longer than LONG are cut into pieces that overlap.

import { isClean, nameStretch, noteClean } from './clean-stretches'
import { combine, hashBytes, hashOfNothing } from './hash'
import { isOpening, isTraced, note, noteFar } from './mark-trace'
import {
  counts,
  findContext,
  findLineEnd,
  findLineStart,
  findParting,
  LONG,
  setText,
  text,
  textSize,
} from './text-lines'
import { holdsToken, mayHoldTokenBehind } from './token-behind'
import {
  askForUnits,
  clearQueue,
  closeQueue,
  firstUnit,
  isQueueEmpty,
  isQueueFull,
  passUnit,
  QueuedUnit,
  queueUnit,
} from './unit-queue'
import { isFull, KNOWN, lookUp, NEW, noteToken, writeBytes, writeNewline, writeSeparator } from './unit-table'

/** What a piece shows of its neighbours: more than the longest name and value of an assignment. */
const OVERLAP: u32 = 4608
/** At most so much is shown of the line before. */
const CONTEXT: u32 = 1024
/** And of it with the short ones that belong to it, so much. */
const MOST_CONTEXT: u32 = 4096
const LARGEST_UNIT: u32 = MOST_CONTEXT + LONG + 2 * OVERLAP + 8

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
/** Whether `before` and its hash are those of `place`. */
let hasContext: bool = false
/** Where the stretch of lines ends that we are in, and its name. */
let stretchEnd: u32 = 0
let stretch: u64 = 0
/** Nothing was new, marked, or to be decided yet in the stretch whose units are looked up. */
let isUnchanged: bool = true
const LEAST_STRETCH: u32 = 96
const MOST_STRETCH: u32 = 1024
/** Units are not collected, but those that were marked in other texts are listed. */
let isTrace: bool = false

/**
 * Begins with a text at `address`. `changes` are pairs of u32, start and end, in order; a `count` below 0 stands for
 * the whole text. Then call `collect` until it answers 0, ending the batch each time that it answers 1.
 */
export function beginText(address: usize, size: u32, number: u32, changes: usize, count: i32): void {
  setText(address, size)
  textNumber = number
  nextChange = changes
  lastChange = count < 0 ? changes : changes + (<usize>count << 3)
  zoneStart = 0
  zoneEnd = count < 0 ? size : 0
  hasTail = false
  piece = -1
  written = 0
  unsure = 0
  stretchEnd = 0
  isUnchanged = true
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
    if (place < stretchEnd) {
      collectLine(findLineEnd(place))
      if (place >= stretchEnd) closeStretch()
      continue
    }
    if (piece < 0) {
      if (place >= zoneEnd && !hasTail) {
        if (nextChange >= lastChange) break
        enterZone()
        continue
      }
      if (enterStretch()) continue
      findOwnContext()
      pieceEnd = findLineEnd(place)
    }
    if (isTrace) traceLong(pieceEnd)
    else {
      // A piece is looked up at once.
      if (isQueueEmpty()) collectPiece(pieceEnd)
      return true
    }
  }
  return !isQueueEmpty()
}

/** Goes on to the line that the next change begins in. */
function enterZone(): void {
  takeChange()
  // Something was cut off at the end: the last line is one that nothing follows any more.
  if (zoneStart >= textSize) zoneStart = textSize - 1
  const line = findLineStart(zoneStart, place)
  if (line <= place) return
  place = line
  hasContext = false
  unsure = BLOCK_LINES
}

/** Passes by a stretch of lines that is known, or begins with one that is not; answers false where a long line comes. */
function enterStretch(): bool {
  stretchEnd = findStretchEnd()
  if (stretchEnd == place) return false
  const context = findContext(place)
  const end = min(stretchEnd - 1, textSize)
  stretch = nameStretch(text + context, end - context, ((place - context) << 3) | (unsure << 1) | <u32>isTrace)
  if (!isClean(stretch)) {
    findOwnContext()
    return true
  }
  place = stretchEnd
  hasContext = false
  return true
}

/** Where the lines end that are looked at, or blank lines and brackets part them; `place` where a long line comes. */
function findStretchEnd(): u32 {
  const changeNow = nextChange
  const startNow = zoneStart
  const endNow = zoneEnd
  const tailNow = hasTail
  const end = findShortStretchEnd()
  if (end - place <= LONG) return end
  nextChange = changeNow
  zoneStart = startNow
  zoneEnd = endNow
  hasTail = tailNow
  return findLongLine()
}

function findShortStretchEnd(): u32 {
  for (let at = place; ; ) {
    extendZone(at)
    if (at < zoneEnd) {
      if (zoneEnd - place > MOST_STRETCH) return findParting(place + LEAST_STRETCH, place + MOST_STRETCH)
      at = findLineEnd(zoneEnd - 1) + 1
    } else {
      const end = findLineEnd(at)
      if (counts(at, end)) hasTail = false
      at = end + 1
    }
    if (at >= textSize || (at >= zoneEnd && !hasTail)) return at
  }
  return 0
}

/** Line by line, up to a long one. */
function findLongLine(): u32 {
  for (let at = place; ; ) {
    extendZone(at)
    const end = findLineEnd(at)
    if (end - at > LONG) return at
    if (at >= zoneEnd && counts(at, end)) hasTail = false
    at = end + 1
    if (at >= textSize || (at >= zoneEnd && !hasTail) || at - place > MOST_STRETCH) return at
  }
  return 0
}

function closeStretch(): void {
  if (isQueueEmpty()) endStretch(stretch)
  else closeQueue(stretch)
}

function endStretch(name: u64): void {
  if (isUnchanged) noteClean(name)
  isUnchanged = true
}

/** Takes up the lines before `place`. */
function findOwnContext(): void {
  if (hasContext) return
  const line = place
  enterAt(findContext(line))
  while (place < line) {
    const end = findLineEnd(place)
    passLine(end, contextHash(end), counts(place, end))
  }
}

/** Changes that begin before the line at `at` belong to the same zone. */
function extendZone(at: u32): void {
  while (nextChange < lastChange && load<u32>(nextChange) <= max(at, zoneEnd)) {
    const end = zoneEnd
    takeChange()
    zoneEnd = max(max(zoneEnd, end), at + 1)
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
  hasContext = true
}

function collectLine(end: u32): void {
  const hash = contextHash(end)
  const isUnit = counts(place, end)
  if (isUnit) {
    const whole = end - place > CONTEXT ? hashBytes(text + place, end - place) : hash
    if (isTrace) traceUnit(unitHash(whole), contextStart(place), end)
    else queueUnit(unitHash(whole), place, end, contextStart(place), unsure > 0)
    if (unsure > 0) unsure--
  }
  passLine(end, hash, isUnit)
}

function lookUpUnit(unit: QueuedUnit): void {
  const answer = lookUp(unit.hash, textNumber, text + unit.end, text + textSize)
  if (answer != KNOWN) isUnchanged = false
  if (answer == NEW) write(unit.context, unit.end)
  if (unit.isUnsure && holdsToken(text + unit.start, text + unit.end)) {
    isUnchanged = false
    noteTokenAbove(unit.start)
  }
  if (unit.closes) endStretch(unit.closes)
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
    const name = piece > 0 ? combine(hash, hashOfNothing()) : unitHash(hash)
    if (lookUp(name, textNumber, text + to, text + textSize) == NEW) {
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
  const hadContext = hasContext
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
  hasContext = hadContext
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
  isUnchanged = false
  if (!isOpening() || mayHoldTokenBehind(text + end, text + textSize, false)) note(start, end)
}

/** The pieces of a long line move with its bytes, so that a marked one may be another one here. */
function traceLong(end: u32): void {
  noteFar(contextStart(place), end)
  passLine(end, contextHash(end), true)
}
