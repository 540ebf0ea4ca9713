import { type Dialect, type Evaluation, lineCounter } from '../dialect.ts'
import { expandOperators } from '../expand-operators.ts'

/**
 * Docker Compose (compose-go): `$$` is a plain dollar, references are filled in outside single quotes, `#` needs a
 * blank before it, and a bare name is taken from the environment. One broken line makes it refuse the whole file.
 */
export const compose: Dialect = {
  title: 'Docker Compose',
  evaluate(text, environment) {
    const found: Evaluation = { variables: [], notices: [] }
    const known = new Map<string, string | null>()
    for (const { key, raw, quote, line } of readLines(text, found)) {
      if (quote !== "'" && raw !== undefined && brokenReference.test(raw.replaceAll(/\\\$|\$\$/g, '')))
        found.notices.push({
          line,
          key,
          kind: 'refused',
          message: 'Compose refuses the file: a broken reference',
        })
      const value =
        raw === undefined
          ? (environment[key] ?? null)
          : quote === "'"
            ? raw
            : expandOperators(quote === '"' ? undoEscapes(raw) : raw, {
                lookUp: name => environment[name] ?? known.get(name),
                report: notice => found.notices.push({ line, key, ...notice }),
              })
      known.set(key, value)
      found.variables.push({ key, value, line })
    }
    return found
  },
}

interface Line {
  key: string
  /** Undefined for a bare name. */
  raw?: string | undefined
  quote: string
  line: number
}

/** `${` without a name, or without its end. */
const brokenReference = /\$\{(?![A-Za-z_]\w*(?::?[-+?][^\n]*)?\})/

const blanks = /(?:\s|#[^\n]*)*/y
const assignment =
  /(?:export[ \t]+)?([\p{L}\p{N}_.[\]-]*)[ \t]*(?:[=:][ \t]*(?:"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|((?![ \t]*["'])[^\n]*))|(?=\n|$))/uy

function readLines(text: string, found: Evaluation): Line[] {
  const source = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n')
  const lineAt = lineCounter(source)
  const lines: Line[] = []
  for (let at = skip(source, 0); at < source.length; at = skip(source, at)) {
    const line = lineAt(at)
    assignment.lastIndex = at
    const match = source[at] === '\ufeff' ? null : assignment.exec(source)
    if (!match) {
      found.notices.push({ line, kind: 'refused', message: 'Compose refuses the file at this line' })
      at = source.indexOf('\n', at) < 0 ? source.length : source.indexOf('\n', at)
      continue
    }
    at = assignment.lastIndex
    const [, key = '', double, single, bare] = match
    const quote = double !== undefined ? '"' : single !== undefined ? "'" : ''
    lines.push({ key, raw: double ?? single ?? (bare && withoutRemark(bare)) ?? bare, quote, line })
  }
  return lines
}

/** A byte order mark counts as a blank in JavaScript, but not in Compose. */
function skip(source: string, at: number): number {
  if (source[at] === '\ufeff') return at
  blanks.lastIndex = at
  blanks.exec(source)
  return blanks.lastIndex
}

function withoutRemark(bare: string): string {
  return bare.replace(/\s+#.*/, '').trimEnd()
}

function undoEscapes(raw: string): string {
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', $: '$$' }
  return raw.replace(/\\([nrt"\\$])/g, (_, char: string) => named[char] ?? char)
}
