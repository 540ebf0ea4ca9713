import { readsAsWords } from '../../src/engine/generic/reads-as-words.ts'
import type { ValueFilter } from '../../src/kernel/hit-filter.ts'

const MAX_VALUE = 160
const MAX_CALLEE = 40
const MAX_BREAK = 80

/** What `assembly/values.ts` and `assembly/expressions.ts` decide, the slow and obvious way. */
export function naiveValues(text: Uint8Array, isCode: boolean) {
  return { mayHold, mayElementHold, mayQuotedHold }

  function mayHold(from: number, isColon: boolean, value: ValueFilter, isOfText: boolean): boolean {
    const at = from + lengthOf(/^[ \t]*/, from, Infinity)
    if (at >= text.length) return false
    const space = lengthOf(/^[\r\n][ \t\r\n]*/, at, MAX_BREAK)
    const quote = quoteAt(at + space)
    if (quote >= 0) return mayQuotedHold(quote, value)
    if (space > 0) return /^[ \t\r\n]/.test(textFrom(at + space, 1))
    if (isCode && !isOfText) return mayExpressionHold(at, value) || holdsRun(at, value)
    if (/^(?:[([\\]|<<)/.test(textFrom(at, 2))) return true
    return (isColon && /^[|>&!]/.test(textFrom(at, 1))) || mayBareHold(at, value)
  }

  function mayElementHold(from: number, value: ValueFilter): boolean {
    const blanks = from + lengthOf(/^[ \t]*/, from, Infinity)
    const at = blanks + lengthOf(/^[\r\n][ \t\r\n]*/, blanks, MAX_BREAK)
    if (at >= text.length) return false
    if (text[at] === 0x3c) return /^<[!<]/.test(textFrom(at, 2))
    if (/^[([\\ \t\r\n]/.test(textFrom(at, 1))) return true
    const quote = quoteAt(at)
    if (quote >= 0) return mayQuotedHold(quote, value)
    const content = lengthOf(/^[^<\r\n&\\"'`]*/, at, MAX_VALUE)
    if (content < MAX_VALUE && at + content >= text.length) return false
    if (content === MAX_VALUE || !/[<\r\n]/.test(textFrom(at + content, 1))) return true
    return isOfUse(at, at + textFrom(at, content).trimEnd().length, value)
  }

  function mayQuotedHold(quote: number, value: ValueFilter): boolean {
    if (/^(["'`])(?:\1\1|\{)/.test(textFrom(quote, 3))) return true
    const mark = textFrom(quote, 1)
    const content = textFrom(quote + 1, MAX_VALUE).search(new RegExp(`[${mark}\\\\\r\n]`))
    if (content < 0) return quote + 1 + MAX_VALUE <= text.length
    const stop = textFrom(quote + 1 + content, 1)
    if (stop !== mark) return !/[\r\n]/.test(stop)
    return isOfUse(quote + 1, quote + 1 + content, value)
  }

  function mayExpressionHold(from: number, value: ValueFilter): boolean {
    if (textFrom(from, 2) === '[[') return true
    const numbers = /^[^,=\r\n"'`]{0,63}?[[{][ \t\r\n]{0,80}-?(?:\(b|\d[xX]|\d{1,3},)/
    if (numbers.test(textFrom(from, 200))) return true
    const slice = /^(?:[([][ \t]*)?\[\]([\w.$\x80-\xff-]{0,40})(.{0,2})/s.exec(textFrom(from, 2000))
    if (slice) return /^[({]["'`]/.test(slice[2] ?? '')
    const [openers = ''] = /^(?:[([][ \t]*){0,2}/.exec(textFrom(from, 2000)) ?? []
    const at = from + openers.length
    if (at >= text.length) return false
    if (openers !== '' && (quoteAt(at) >= 0 || /^\s/.test(textFrom(at, 1)))) return true
    if (/^(?:<<|\\)/.test(textFrom(at, 2))) return true
    const length = lengthOf(/^[^ \t\r\n"'`,;)\]}<>\\]*/, at, MAX_VALUE)
    if (at + length >= text.length) return false
    if (length === MAX_VALUE || text[at + length] === 0x5c) return true
    const callee = lengthOf(/^[\w.$\x80-\xff-]{1,40}\((?=["'`])/, at, MAX_CALLEE + 2)
    if (callee > 0) return mayQuotedHold(at + callee, value)
    if (quoteAt(at + length) === at + length) return isOfUse(at, at + length, value)
    const call = /^[\w.$\x80-\xff -]{0,40}\(["'`]/
    return /^[\w.$\x80-\xff-]*$/.test(textFrom(at, length)) && call.test(textFrom(at, MAX_CALLEE + 2))
  }

  function holdsRun(from: number, { wordsBelow }: ValueFilter): boolean {
    if (wordsBelow === Infinity) return false
    const at = from + lengthOf(/^[([ \t]*/, from, 64)
    return (
      at + wordsBelow <= text.length && lengthOf(/^[^\s"'`,;()[\]{}<>\\]*/, at, wordsBelow) === wordsBelow
    )
  }

  function mayBareHold(at: number, value: ValueFilter): boolean {
    const length = lengthOf(/^[^ \t\r\n]*/, at, MAX_VALUE + 1)
    const bare = textFrom(at, length)
    const callee = lengthOf(/^[\w.$\x80-\xff-]{1,40}\((?=["'`])/, at, MAX_CALLEE + 2)
    for (let i = 0; i < (callee || length); i++) {
      if (i === MAX_VALUE || /[\\&]/.test(bare.charAt(i))) return true
      if (/["'`,;)\]}<>]/.test(bare.charAt(i)) && isOfUse(at, at + i, value)) return true
    }
    if (callee > 0) return mayQuotedHold(at + callee, value)
    if (isOfUse(at, at + length, value)) return true
    const call = /^[\w.$\x80-\xff -]{0,40}\(["'`]/
    return /^[\w.$\x80-\xff-]*$/.test(bare) && call.test(textFrom(at, MAX_CALLEE + 2))
  }

  /** Where the text that begins at `at` has its quote, or -1. */
  function quoteAt(at: number): number {
    const [prefix] = /^[@$A-Za-z]?(?=["'`])/.exec(textFrom(at, 2)) ?? []
    return prefix === undefined ? -1 : at + prefix.length
  }

  function isOfUse(start: number, end: number, { least, wordsBelow, surprise }: ValueFilter): boolean {
    if (end - start < least) return false
    if (end - start >= wordsBelow) return true
    return !/[\t-\r ]/.test(textFrom(start, end - start)) && !readsAsWords(text, start, end, surprise)
  }

  /** How long what the expression matches is there. */
  function lengthOf(expression: RegExp, at: number, most: number): number {
    return expression.exec(textFrom(at, most))?.[0].length ?? 0
  }

  function textFrom(at: number, length: number): string {
    return Buffer.from(text.subarray(at, Math.min(text.length, at + length))).toString('latin1')
  }
}
