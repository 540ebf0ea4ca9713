import { isLetter, isQuote, latin1 } from './bytes.ts'

const SPACE = 32
const DASH = 45

/** As numbers of three bytes, so that no text is made of them. */
const ENV = 0x454e56
const ARG = 0x415247
/** The end of `setenv`. */
const SETENV = 0x656e76
/** The end of `setx`. */
const SETX = 0x657478

/**
 * Whether a blank joins name and value: `--password value`, `ENV PASSWORD value` of a Dockerfile, `setenv PASSWORD value` of a C shell,
 * `set -x PASSWORD value` of fish, `setx PASSWORD value` of Windows, `PASSWORD 'value'` of SQL.
 */
export function mayBlankJoin(bytes: Uint8Array, nameStart: number, valueStart: number): boolean {
  if (bytes[nameStart] === DASH || isQuote(bytes[valueStart])) return true
  if (bytes[nameStart - 1] !== SPACE) return false
  const word =
    ((bytes[nameStart - 4] ?? 0) << 16) | ((bytes[nameStart - 3] ?? 0) << 8) | (bytes[nameStart - 2] ?? 0)
  return word === ENV || word === ARG || word === SETENV || word === SETX || isExport(bytes, nameStart - 1)
}

/** Most bytes of `set` and its options. */
const MAX_COMMAND = 40
const LONGEST_OPTION = 12

/** `set -gx NAME value` of fish (fishshell.com/docs/current/cmds/set.html): an option that exports ends before the blank at `blank`. */
function isExport(bytes: Uint8Array, blank: number): boolean {
  let at = blank - 1
  while (at > blank - LONGEST_OPTION && isLetter(bytes[at] ?? 0)) at--
  if (bytes[at] !== DASH) return false
  const command = latin1(bytes, Math.max(0, blank - MAX_COMMAND), blank)
  return /(?:^|[^\w-])set(?: --?[a-zA-Z]+)* (?:-[a-zA-Z]*x[a-zA-Z]*|--export)(?: --?[a-zA-Z]+)*$/.test(
    command,
  )
}
