import type { EscapeDecoder } from './decoder.ts'
import { escapeDecoders } from './index.ts'
import type { TextBuilder } from './text-builder.ts'

const names = Object.keys(escapeDecoders)
const decoders = Object.values<EscapeDecoder>(escapeDecoders)
/** For a set of decoders: the byte that an escape begins with → number of its decoder plus 1. */
const leads = new Map<number, Uint8Array>()

/**
 * Appends a text without its escapes, and a mark behind each.
 * @param wanted decoders to use: a bit each, in the order of the registry
 * @returns names of those that found something
 */
export function undoEscapes(
  wanted: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  text: TextBuilder,
): string[] {
  const decoderOf = leads.get(wanted) ?? addLeads(wanted)
  text.mark(start)
  let used = 0
  let from = start
  let at = start
  while (at < end) {
    const number = decoderOf[bytes[at]!]!
    if (number === 0) {
      at++
      continue
    }
    text.copy(bytes, from, at)
    const before = text.length
    const length = decoders[number - 1]!.read(bytes, at, end, text)
    from = at
    at += Math.max(1, length)
    if (length === 0) continue
    // What stands for nothing belongs neither to what is before it nor to what is behind.
    if (text.length === before) text.mark(from)
    from = at
    text.mark(at)
    used |= 1 << (number - 1)
  }
  text.copy(bytes, from, end)
  return names.filter((_, number) => used & (1 << number))
}

function addLeads(wanted: number): Uint8Array {
  const table = new Uint8Array(256)
  for (const [number, { lead }] of decoders.entries()) if (wanted & (1 << number)) table[lead] = number + 1
  leads.set(wanted, table)
  return table
}
