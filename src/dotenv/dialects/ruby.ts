import { type Dialect, type Environment, type Evaluation, lineCounter, type Notice } from '../dialect.ts'

/**
 * Ruby's dotenv 3: a line that does not fit is passed over, a bare name is empty, a backslash drops out before anything but
 * a dollar, and `\n` in double quotes stays as it is written. It would run `$(…)`; here that is reported.
 */
export const ruby: Dialect = {
  title: 'dotenv (Ruby)',
  evaluate(text, environment) {
    const found: Evaluation = { variables: [], notices: [] }
    const known = new Map<string, string>()
    for (const { key, isExport, raw, line } of readLines(text.replace(/\r\n?/g, '\n'))) {
      if (isExport && raw === undefined) {
        if (known.has(key)) continue
        const notice = {
          line,
          key,
          kind: 'refused',
          message: 'exports a name that is not set: Ruby refuses the file',
        } as const
        return { variables: [], notices: [...found.notices, notice] }
      }
      const value = readValue(raw ?? '', known, environment, notice =>
        found.notices.push({ line, key, ...notice }),
      )
      known.set(key, value)
      found.variables.push({ key, value, line })
    }
    return found
  },
}

interface Line {
  key: string
  isExport: boolean
  /** With its quotes; undefined for a bare name. */
  raw: string | undefined
  line: number
}

const blank = '[ \\t\\n\\v\\f\\r]'
const quoted = `'(?:\\\\'|[^'])*'|"(?:\\\\"|[^"])*"`
/** A name, then perhaps a separator and a value, then perhaps a remark, up to the end of a line. */
const entry = new RegExp(
  `(?:(export)${blank}+)?([A-Za-z0-9_.]+)(?:(?:${blank}*=${blank}*?|:${blank}+?)(${blank}*(?:${quoted})|[^#\\n]+)?)?${blank}*(?:#[^\\n]*)?(?=\\n|(?![^]))`,
  'y',
)

/** Each line is tried from its first character that is no blank; a line that fits may go on over several. */
function readLines(source: string): Line[] {
  const lineAt = lineCounter(source)
  const lines: Line[] = []
  for (let at = 0; at < source.length; ) {
    const start = skipBlanks(source, at)
    entry.lastIndex = start
    const found = entry.exec(source)
    if (found)
      lines.push({
        key: found[2] ?? '',
        isExport: found[1] !== undefined,
        raw: found[3],
        line: lineAt(start),
      })
    const newline = source.indexOf('\n', found ? entry.lastIndex : start)
    if (newline < 0) break
    at = newline + 1
  }
  return lines
}

function skipBlanks(source: string, from: number): number {
  let at = from
  while (at < source.length && /[ \t\n\v\f\r]/.test(source[at] ?? '')) at++
  return at
}

type Report = (notice: Pick<Notice, 'kind' | 'message'>) => void

function readValue(
  raw: string,
  known: ReadonlyMap<string, string>,
  environment: Environment,
  report: Report,
): string {
  const stripped = raw.replace(/^[\0 \t\n\v\f\r]+|[\0 \t\n\v\f\r]+$/g, '')
  const [, quote, inner = stripped] = /^(['"])(.*)\1$/s.exec(stripped) ?? []
  if (quote === "'") return inner
  // Line breaks are kept as the two characters that they are written with.
  const kept = quote === '"' ? inner.replace(/\\([nr])/g, '\\\\\\$1') : inner
  return fillIn(kept.replace(/\\([^$])/gs, '$1'), known, environment, report)
}

function fillIn(
  value: string,
  known: ReadonlyMap<string, string>,
  environment: Environment,
  report: Report,
): string {
  let text = ''
  let from = 0
  for (const { start, end, isEscaped } of findCommands(value)) {
    text += fillInNames(value.slice(from, start), known, environment, report)
    if (isEscaped) text += `$${fillInNames(value.slice(start + 2, end), known, environment, report)}`
    else {
      report({ kind: 'command', message: 'holds a command substitution, which was not run' })
      text += value.slice(start, end)
    }
    from = end
  }
  return text + fillInNames(value.slice(from), known, environment, report)
}

/** `$(…)` with its parentheses balanced and none of them empty. */
function findCommands(value: string): { start: number; end: number; isEscaped: boolean }[] {
  const closes = matchParentheses(value)
  const found = []
  for (let at = value.indexOf('$('); at >= 0; ) {
    const end = closes.get(at + 1)
    const isEscaped = value[at - 1] === '\\'
    if (end !== undefined) found.push({ start: isEscaped ? at - 1 : at, end, isEscaped })
    at = value.indexOf('$(', end ?? at + 2)
  }
  return found
}

/** Where the partner of each opening parenthesis ends; of those that hold an empty pair, none. */
function matchParentheses(value: string): Map<number, number> {
  const closes = new Map<number, number>()
  const open: { at: number; isWhole: boolean }[] = []
  for (let at = 0; at < value.length; at++) {
    if (value[at] === '(') open.push({ at, isWhole: true })
    const inner = value[at] === ')' ? open.pop() : undefined
    if (inner === undefined) continue
    const outer = open.at(-1)
    if (inner.isWhole && inner.at + 1 < at) closes.set(inner.at, at + 1)
    else if (outer) outer.isWhole = false
  }
  return closes
}

function fillInNames(
  text: string,
  known: ReadonlyMap<string, string>,
  environment: Environment,
  report: Report,
): string {
  return text.replace(
    /(\\)?\$(?!\()\{?([A-Za-z0-9_]+)?\}?/g,
    (form: string, backslash?: string, name?: string) => {
      if (backslash) return form.slice(1)
      if (name === undefined) return form
      const value = known.get(name) ?? environment[name]
      if (value === undefined) report({ kind: 'unset', message: `refers to ${name}, which is not set` })
      return value ?? ''
    },
  )
}
