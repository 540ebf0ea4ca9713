import { type CharClass, classOfBytes } from './char-class.ts'
import { complementRanges } from './ranges.ts'
import type { Dialect, Ranges } from './types.ts'

const digit: Ranges = [[0x30, 0x39]]
const upper: Ranges = [[0x41, 0x5a]]
const lower: Ranges = [[0x61, 0x7a]]
const alpha: Ranges = [...upper, ...lower]
const alnum: Ranges = [...digit, ...alpha]
export const word: Ranges = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
]
const space: Ranges = [
  [0x09, 0x0d],
  [0x20, 0x20],
]

/** POSIX bracket classes over ASCII, as RE2 and Rust define them. */
const posix: Readonly<Record<string, Ranges>> = {
  alnum,
  alpha,
  ascii: [[0, 0x7f]],
  blank: [
    [0x09, 0x09],
    [0x20, 0x20],
  ],
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit,
  graph: [[0x21, 0x7e]],
  lower,
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space,
  upper,
  word,
  xdigit: [...digit, [0x41, 0x46], [0x61, 0x66]],
}

/** The class of `[:name:]`; undefined when there is none of that name. */
export function findPosixClass(name: string): CharClass | undefined {
  const ranges = Object.hasOwn(posix, name) ? posix[name] : undefined
  return ranges && classOfBytes(...ranges)
}

/** The class of `\d`, `\w`, `\s` and their negations; undefined for other letters. RE2's `\s` has no vertical tab. */
export function findPerlClass(letter: string, dialect: Dialect): CharClass | undefined {
  const spaces: Ranges =
    dialect === 're2'
      ? [
          [0x09, 0x0a],
          [0x0c, 0x0d],
          [0x20, 0x20],
        ]
      : space
  const ranges = { d: digit, s: spaces, w: word }[letter.toLowerCase()]
  if (!ranges) return undefined
  return classOfBytes(...(letter === letter.toLowerCase() ? ranges : complementRanges(ranges, 0, 0xff)))
}
