import type { Hits } from '../../kernel/types.ts'
import type { EscapeDecoder } from './decoder.ts'
import { escapeDecoders } from './index.ts'
import type { Span } from './layer.ts'

/** A stretch of a text with escapes to undo. */
export interface Region {
  start: number
  end: number
  /** Decoders whose escapes are in it: a bit each, in the order of the registry. */
  decoders: number
}

/** Escapes so far apart belong to different stretches. */
const GAP = 128
/** Four escapes that begin within so few bytes are decoded in any case: nothing can be read there. */
const DENSE_BYTES = 32
/** What stands before the first escape and after the last one: names, and the rest of a value. */
const BEFORE = 128
const AFTER = 256
const LONGEST_WORD = 4096
/** Around a rule's literal so much is decoded: names before it, a value after it. */
const BEFORE_LITERAL = 128
const AFTER_LITERAL = 512

interface OpenRegion extends Region {
  /** The byte that its last escape begins with. */
  lead: number
  isTelling: boolean
  toEnd: boolean
  /** Where the last escapes began, the latest first. */
  second: number
  third: number
  fourth: number
}

export interface RegionFinder {
  /**
   * Regions in the order of their start.
   * @param boundsAt the piece of the text that an offset lies in; asked in ascending order
   */
  find(text: EscapedText, hits: Hits, boundsAt: (offset: number) => Span): Region[]
}

export interface EscapedText {
  bytes: Uint8Array
  /** Names and their values are not looked for within the strings of code, only what has a form of its own. */
  isCode: boolean
}

/**
 * Gathers hits on the literals of escape decoders into regions worth decoding.
 * @param isOfRegex whether a literal, by its id, is one of a regex
 */
export function createRegionFinder(
  literals: readonly string[],
  isOfRegex: (literal: number) => boolean,
): RegionFinder {
  const decoders = Object.values<EscapeDecoder>(escapeDecoders)
  /** Literal → number of its decoder plus 1; announcements count from the other end. */
  const roles = assignRoles(literals, decoders)

  return { find }

  function find({ bytes, isCode }: EscapedText, hits: Hits, boundsAt: (offset: number) => Span): Region[] {
    const regions: Region[] = []
    let open: OpenRegion | undefined
    let closedAt = 0
    let bounds: Span = { start: 0, end: 0 }
    for (let i = 0; i < hits.count; i++) {
      const role = roles[hits.literals[i]!]!
      if (role === 0) continue
      const start = hits.starts[i]!
      if (start >= bounds.end) {
        close()
        bounds = boundsAt(start)
      }
      add(Math.abs(role) - 1, start, role < 0)
    }
    close()
    return regions

    function add(number: number, start: number, toEnd: boolean): void {
      const decoder = decoders[number]!
      const { lead } = decoder
      if (toEnd ? start > bounds.start && bytes[start - 1] !== 10 : bytes[start] !== lead) return
      const isTelling = toEnd || decoder.isTelling(bytes, start)
      if (open && (open.toEnd || start - open.end <= GAP)) {
        open.isTelling ||= isTelling || start - open.fourth <= DENSE_BYTES
        open.toEnd ||= toEnd
        open.decoders |= 1 << number
        open.lead = lead
        open.fourth = open.third
        open.third = open.second
        open.second = open.end = start
        return
      }
      close()
      const never = { third: -DENSE_BYTES - 1, fourth: -DENSE_BYTES - 1 }
      open = { start, end: start, decoders: 1 << number, lead, isTelling, toEnd, second: start, ...never }
    }

    function close(): void {
      if (!open) return
      const { decoders, isTelling, toEnd, lead } = open
      const start = Math.max(closedAt, findStart(bytes, open.start, bounds.start))
      const end = toEnd ? bounds.end : findEnd(bytes, open.end, bounds.end, lead)
      closedAt = end
      open = undefined
      if (isTelling) regions.push({ start, end, decoders })
      else for (const window of windowsIn(start, end, hits, isCode)) regions.push({ ...window, decoders })
    }
  }

  /** Stretches of `start .. end` around the literals of rules. */
  function* windowsIn(start: number, end: number, hits: Hits, isCode: boolean): Generator<Span> {
    let window: Span | undefined
    for (let i = firstHitFrom(hits, start); i < hits.count && hits.starts[i]! < end; i++) {
      const literal = hits.literals[i]!
      if (roles[literal] !== 0 || (isCode && !isOfRegex(literal))) continue
      const from = Math.max(start, hits.starts[i]! - BEFORE_LITERAL)
      const to = Math.min(end, hits.starts[i]! + AFTER_LITERAL)
      if (window && from <= window.end) {
        window.end = to
        continue
      }
      if (window) yield window
      window = { start: from, end: to }
    }
    if (window) yield window
  }
}

function assignRoles(literals: readonly string[], decoders: readonly EscapeDecoder[]): Int8Array {
  const roles = new Map<string, number>()
  for (const [number, { triggers, announcements = [] }] of decoders.entries()) {
    for (const trigger of triggers) roles.set(trigger, number + 1)
    for (const announcement of announcements) roles.set(announcement, -number - 1)
  }
  return Int8Array.from(literals, literal => roles.get(literal) ?? 0)
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

function firstHitFrom({ count, starts }: Hits, offset: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (starts[middle]! < offset) low = middle + 1
    else high = middle
  }
  return low
}
