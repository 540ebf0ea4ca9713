import type { Hits } from '../../kernel/types.ts'
import type { EscapeDecoder } from './decoder.ts'
import { escapeDecoders } from './index.ts'
import type { Span } from './layer.ts'
import { createLeadSearch } from './lead-search.ts'

/** A stretch of a text with escapes to undo. */
export interface Region extends Span {
  /** Decoders whose escapes are in it: a bit each, in the order of the registry. */
  decoders: number
}

export interface EscapedText {
  bytes: Uint8Array
  /** Names and their values are not looked for within the strings of code, only what has a form of its own. */
  isCode: boolean
}

export interface RegionFinder {
  /**
   * Regions in the order of their start, none overlapping another.
   * @param boundsAt the piece of the text that an offset lies in; asked in ascending order
   */
  find(text: EscapedText, hits: Hits, boundsAt: (offset: number) => Span): Region[]
}

/** Escapes so far apart belong to different stretches. */
const GAP = 128
/** What stands before the first escape and after the last one: names, and the rest of a value. */
const BEFORE = 128
const AFTER = 256
const LONGEST_WORD = 4096
/** Around a name so much is decoded: its value is not far. */
const BEFORE_NAME = 48
const AFTER_NAME = 128
/** Around the literal of a regex the word that it stands in, as far as tokens reach. */
const BEFORE_LITERAL = 48
const AFTER_LITERAL = 192

const decoders = Object.values<EscapeDecoder>(escapeDecoders)

/**
 * Finds what is worth decoding: stretches with escapes that hide what rules search for, which the search kernel has
 * found, and what is around the literals of rules, if there are any escapes at all.
 * @param roles see `rolesOfEscapes`
 * @param isOfRegex whether a literal, by its id, is one of a regex
 */
export function createRegionFinder(roles: Int8Array, isOfRegex: (literal: number) => boolean): RegionFinder {
  const leads = createLeadSearch()
  // Of the text that is being looked at.
  let bytes: Uint8Array = new Uint8Array(0)
  let bounds: Span = { start: 0, end: 0 }
  let regions: Region[] = []
  let telling: (Region & { toEnd: boolean; isTelling: boolean; lead: number }) | undefined
  /** A window is open where its end is not 0. */
  let windowStart = 0
  let windowEnd = 0

  return { find }

  function find(text: EscapedText, hits: Hits, boundsAt: (offset: number) => Span): Region[] {
    bytes = text.bytes
    bounds = { start: 0, end: 0 }
    regions = []
    telling = undefined
    windowEnd = 0
    leads.begin(bytes)
    for (let i = 0; i < hits.count; i++) {
      const literal = hits.literals[i]!
      const role = roles[literal]!
      if (role === 0 && text.isCode && !isOfRegex(literal)) continue
      const start = hits.starts[i]!
      if (start >= bounds.end) {
        closeAll()
        bounds = boundsAt(start)
      }
      if (role === 0) addWindow(start, !isOfRegex(literal))
      else addEscape(Math.abs(role) - 1, start, role < 0)
    }
    closeAll()
    return mergeRegions(regions)
  }

  function addWindow(literal: number, isName: boolean): void {
    const start = isName
      ? Math.max(bounds.start, literal - BEFORE_NAME)
      : findWordStart(bytes, literal, Math.max(bounds.start, literal - BEFORE_LITERAL))
    const end = isName
      ? Math.min(bounds.end, literal + AFTER_NAME)
      : findWordEnd(bytes, literal, Math.min(bounds.end, literal + AFTER_LITERAL))
    if (start <= windowEnd && windowEnd > 0) {
      windowEnd = Math.max(windowEnd, end)
      return
    }
    closeWindow()
    windowStart = start
    windowEnd = end
  }

  function closeWindow(): void {
    const decoders = windowEnd > 0 ? leads.find(windowStart, windowEnd) : 0
    if (decoders) regions.push({ start: windowStart, end: windowEnd, decoders })
    windowEnd = 0
  }

  function addEscape(number: number, start: number, toEnd: boolean): void {
    const decoder = decoders[number]!
    const { lead } = decoder
    if (toEnd ? start > bounds.start && bytes[start - 1] !== 10 : bytes[start] !== lead) return
    const isTelling = toEnd || decoder.isTelling(bytes, start)
    if (telling && (telling.toEnd || start - telling.end <= GAP)) {
      telling.isTelling ||= isTelling
      telling.toEnd ||= toEnd
      telling.decoders |= 1 << number
      telling.lead = lead
      telling.end = start
      return
    }
    closeTelling()
    telling = { start, end: start, decoders: 1 << number, lead, isTelling, toEnd }
  }

  function closeTelling(): void {
    if (telling?.isTelling) {
      const { toEnd, lead } = telling
      const start = findStart(bytes, telling.start, bounds.start)
      const end = toEnd ? bounds.end : findEnd(bytes, telling.end, bounds.end, lead)
      regions.push({ start, end, decoders: telling.decoders | leads.find(start, end) })
    }
    telling = undefined
  }

  function closeAll(): void {
    closeWindow()
    closeTelling()
  }
}

/** Literal → number of its decoder plus 1; announcements count from the other end; 0 is a rule's. */
export function rolesOfEscapes(literals: readonly string[]): Int8Array {
  const roles = new Map<string, number>()
  for (const [number, { triggers, announcements = [] }] of decoders.entries()) {
    for (const trigger of triggers) roles.set(trigger, number + 1)
    for (const announcement of announcements) roles.set(announcement, -number - 1)
  }
  return Int8Array.from(literals, literal => roles.get(literal) ?? 0)
}

/** Words end at blanks and quotes, be they escaped or not. */
function endsWord(byte: number): boolean {
  return byte <= 32 || byte === 34 || byte === 39 || byte === 96
}

function findWordStart(bytes: Uint8Array, from: number, lowest: number): number {
  let at = from
  while (at > lowest && !endsWord(bytes[at - 1]!)) at--
  return at
}

function findWordEnd(bytes: Uint8Array, from: number, highest: number): number {
  let at = from
  while (at < highest && !endsWord(bytes[at]!)) at++
  return at < highest && bytes[at - 1] === 0x5c ? at - 1 : at
}

function mergeRegions(regions: Region[]): Region[] {
  if (regions.length < 2) return regions
  const merged: Region[] = []
  for (const region of regions.sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (!last || region.start > last.end) {
      merged.push(region)
      continue
    }
    last.end = Math.max(last.end, region.end)
    last.decoders |= region.decoders
  }
  return merged
}

function findStart(bytes: Uint8Array, from: number, limit: number): number {
  const lowest = Math.max(limit, from - BEFORE)
  let at = from
  while (at > lowest && bytes[at - 1] !== 10) at--
  return at
}

/** Past the rest of the line, at most some hundred bytes, and then of the word. */
function findEnd(bytes: Uint8Array, from: number, limit: number, lead: number): number {
  let at = from
  const near = Math.min(limit, from + AFTER)
  while (at < near && (bytes[at] !== 10 || goesOn(bytes, at, lead))) at++
  const far = Math.min(limit, from + LONGEST_WORD)
  while (at < far && bytes[at]! > 32 && bytes[at] !== 34) at++
  return at
}

/** Whether the line that ends here is escaped so as to go on. */
function goesOn(bytes: Uint8Array, at: number, lead: number): boolean {
  return bytes[at - 1] === lead || (bytes[at - 1] === 13 && bytes[at - 2] === lead)
}
