/** A regular expression whose time is linear in the text whatever the pattern (RE2's algorithms, in JavaScript). */
import { createRequire } from 'node:module'

/** Offsets count from the text's start; a group that took no part is undefined. */
export interface LinearMatch {
  start: number
  end: number
  groups: readonly (readonly [number, number] | undefined)[]
}

export interface LinearRegex {
  /** The first match that starts at or after `from`. */
  find(text: string, from: number): LinearMatch | undefined
}

/** Tells whether a pattern matches somewhere in a text. */
interface TextTest {
  test(text: string): boolean
}

/** As a backtracking engine finds it, or in linear time, which is slower. A pattern is compiled once. */
export function compileTest(source: string, isLinear = false): TextTest {
  const known = compiled.get(source)
  if (known) return known
  const linear = isLinear ? compileLinear(source) : undefined
  const fresh = linear ? { test: (text: string) => linear.find(text, 0) !== undefined } : new RegExp(source)
  compiled.set(source, fresh)
  return fresh
}

/** By source, few as they come from rules. One that could take forever is always asked for with `isLinear`. */
const compiled = new Map<string, TextTest>()

const require = createRequire(import.meta.url)

/**
 * The same pattern for RE2; undefined where RE2 refuses it, as for a repetition of more than 1,000.
 * The library is some 20 ms of start, and hardly any scan needs it: it is loaded on use.
 */
export function compileLinear(source: string): LinearRegex | undefined {
  const { RE2JS }: typeof import('re2js') = require('re2js')
  try {
    return wrap(RE2JS.compile(toRe2(source)))
  } catch {
    return undefined
  }
}

/** `printPattern` spells line anchors as look-around, which RE2 does not have. */
function toRe2(source: string): string {
  return source.replaceAll('(?<![^\\n])', '(?m:^)').replaceAll('(?![^\\n])', '(?m:$)')
}

function wrap(pattern: import('re2js').RE2JS): LinearRegex {
  return {
    find(text, from) {
      const matcher = pattern.matcher(text)
      if (!matcher.find(from)) return undefined
      const groups = Array.from({ length: matcher.groupCount() }, (_, index) => {
        const start = matcher.start(index + 1)
        return start < 0 ? undefined : ([start, matcher.end(index + 1)] as const)
      })
      return { start: matcher.start(), end: matcher.end(), groups }
    },
  }
}
