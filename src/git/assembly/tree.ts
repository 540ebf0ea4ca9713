// Reads trees (`mode name NUL id`, over and over): names that were not met before go into the batch, ids of objects that
// do not exist are noted, and where it is asked for, subtrees and wanted files. Of a tree that is a delta of another only
// the entries that touch a change are looked at for the first two.

import { combine, hashBytes, hashOfNothing } from './hash'
import { findObject } from './object-table'
import { isFull, lookUp, NEW, writeBytes, writeNewline, writeSeparator } from './unit-table'

const NEWLINE_LIMIT: u32 = 4096

let idSize: u32 = 20
/** u32 pairs: number of a subtree or a wanted file, and its name's hash. */
let links: usize = 0
let linkCount: u32 = 0
let maxLinks: u32 = 0
let withLinks: bool = false
/** A bit for each object that is wanted, and for each value of the first bits of their names. */
let wanted: usize = 0
let wantedHeads: usize = 0
const HEAD_MASK: u32 = 0x7ffff
/** Names of objects that do not exist, 32 bytes each. */
let missing: usize = 0
let missingCount: u32 = 0
let maxMissing: u32 = 0

export function setTrees(idBytes: u32, linksAt: usize, linksMax: u32, missingAt: usize, missingMax: u32): void {
  idSize = idBytes
  links = linksAt
  maxLinks = linksMax
  missing = missingAt
  maxMissing = missingMax
}

/** From here on, subtrees and wanted files are listed. */
export function listLinks(wantedAt: usize, wantedHeadsAt: usize): void {
  wanted = wantedAt
  wantedHeads = wantedHeadsAt
  withLinks = true
}

export function countLinks(): u32 {
  return linkCount
}

export function clearLinks(): void {
  linkCount = 0
}

export function countMissing(): u32 {
  return missingCount
}

export function clearMissing(): void {
  missingCount = 0
}

let tree: usize = 0
let treeEnd: usize = 0
let treeNumber: u32 = 0
let place: usize = 0
let change: usize = 0
let lastChange: usize = 0
let isWhole: bool = false

/** Begins with a tree at `address`; `changes` are as of a text. Then call `collectTree` until it answers 0. */
export function beginTree(address: usize, size: u32, number: u32, changes: usize, count: i32): void {
  tree = address
  treeEnd = address + size
  treeNumber = number
  place = address
  change = changes
  isWhole = count < 0
  lastChange = isWhole ? changes : changes + (<usize>count << 3)
}

/** Answers 1 when the batch must be ended, 2 when the lists are full, 3 for a tree that makes no sense. */
export function collectTree(): i32 {
  while (place < treeEnd) {
    if (isFull(NEWLINE_LIMIT + 16)) return 1
    if (linkCount >= maxLinks || missingCount >= maxMissing) return 2
    const name = findByte(place, 0x20)
    const id = findByte(name, 0) + 1
    if (name - place > 8 || id + idSize > treeEnd + 1 || id + idSize > treeEnd) return 3
    const end = id + idSize
    collectEntry(name + 1, <u32>(id - 1 - (name + 1)), id, isTouched(place, end))
    place = end
  }
  return 0
}

function collectEntry(name: usize, size: u32, id: usize, isNew: bool): void {
  const mode = load<u8>(place)
  const isTree = mode == 0x34
  if (isNew) collectName(name, size)
  // A submodule's commit is in another repository.
  if (mode == 0x31 && load<u8>(place, 1) == 0x36) return
  const isWanted = withLinks && (isTree || testBit(wantedHeads, load<u32>(id) & HEAD_MASK))
  if (!isNew && !isWanted) return
  const number = findObject(id)
  if (number < 0) {
    if (isNew) noteMissing(id)
  } else if (isWanted && (isTree || testBit(wanted, <u32>number))) {
    const link = links + (<usize>linkCount << 3)
    store<u32>(link, <u32>number)
    store<u32>(link, <u32>hashBytes(name, size), 4)
    linkCount++
  }
}

/** A name is a unit of its own. */
function collectName(name: usize, size: u32): void {
  if (size > NEWLINE_LIMIT) return
  if (lookUp(combine(hashBytes(name, size), ~hashOfNothing()), treeNumber, 0, 0) != NEW) return
  writeSeparator()
  writeBytes(name, size)
  writeNewline()
}

function noteMissing(id: usize): void {
  const at = missing + (<usize>missingCount << 5)
  memory.fill(at, 0, 32)
  memory.copy(at, id, idSize)
  missingCount++
}

/** Whether a change lies in an entry, or a seam. */
function isTouched(from: usize, to: usize): bool {
  if (isWhole) return true
  const start = <u32>(from - tree)
  const end = <u32>(to - tree)
  while (change < lastChange) {
    const changeStart = load<u32>(change)
    const changeEnd = load<u32>(change, 4)
    if (changeStart >= end) return false
    if (changeEnd > start) return true
    change += 8
  }
  return false
}

function testBit(bits: usize, index: u32): bool {
  return ((load<u8>(bits + (index >> 3)) >> <u8>(index & 7)) & 1) != 0
}

/** Reads up to 15 bytes beyond the tree. */
function findByte(from: usize, byte: u8): usize {
  const wantedBytes = i8x16.splat(<i8>byte)
  let at = from
  while (at < treeEnd) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), wantedBytes))
    if (found) return min(at + ctz<i32>(found), treeEnd)
    at += 16
  }
  return treeEnd
}
