import { type Dialect, type Environment, type Evaluation, lineCounter } from '../dialect.ts'

/**
 * python-dotenv 1.2: a line that does not fit is dropped with a warning, a bare name has no value, and `${NAME}` and
 * `${NAME:-default}` are filled in even between single quotes; the file's own values come before the environment.
 */
export const python: Dialect = {
  title: 'python-dotenv',
  evaluate(text, environment) {
    const found = readAll(text.replace(/^\ufeff/, ''))
    const known = new Map<string, string | null>()
    for (const variable of found.variables) {
      if (variable.value !== null) variable.value = fillIn(variable.value, known, environment)
      known.set(variable.key, variable.value)
    }
    return found
  },
}

function readAll(text: string): Evaluation {
  const found: Evaluation = { variables: [], notices: [] }
  const lineAt = lineCounter(text)
  let at = 0
  const take = (pattern: RegExp) => {
    const sticky = new RegExp(pattern, 'y')
    sticky.lastIndex = at
    const match = sticky.exec(text)
    if (match) at = sticky.lastIndex
    return match
  }
  for (take(/\s*/); at < text.length; take(/\s*/)) {
    const line = lineAt(at)
    const key = text[at] === '#' ? undefined : readKey(take)
    const value = key === undefined || key === '' ? null : readValue(take)
    if (key !== '' && value !== undefined && take(/(?:[^\S\r\n]*#[^\r\n]*)?[^\S\r\n]*(?:\r\n|[\r\n]|$)/)) {
      if (key !== undefined) found.variables.push({ key, value, line })
    } else {
      found.notices.push({ line, kind: 'syntax', message: 'python-dotenv drops the line with a warning' })
      take(/[^\r\n]*(?:\r\n|[\r\n])?/)
    }
  }
  return found
}

type Take = (pattern: RegExp) => RegExpExecArray | null

/** Empty where no name stands. */
function readKey(take: Take): string {
  take(/export[^\S\r\n]+/)
  const key = take(/'([^']+)'/)?.[1] ?? take(/(?!')[^=#\s]+/)?.[0] ?? ''
  take(/[^\S\r\n]*/)
  return key
}

/** `null` for a bare name, `undefined` for an unclosed quote. */
function readValue(take: Take): string | null | undefined {
  const equals = take(/=[^\S\r\n]*/)
  if (!equals) return null
  // Behind a blank a remark may begin at once.
  if (equals[0].length > 1 && take(/(?=#)/)) return ''
  const single = take(/'((?:\\[\s\S]|[^'\\])*)'/)
  if (single) return (single[1] ?? '').replace(/\\([\\'])/g, '$1')
  const double = take(/"((?:\\[\s\S]|[^"\\])*)"/)
  if (double)
    return (double[1] ?? '').replace(/\\([\\'"abfnrtv])/g, (_, char: string) => escapes[char] ?? char)
  if (take(/(?=['"])/)) return undefined
  const bare = take(/[^\r\n]*/)?.[0] ?? ''
  return bare.replace(/\s+#.*/, '').trimEnd()
}

const escapes: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

function fillIn(value: string, known: ReadonlyMap<string, string | null>, environment: Environment): string {
  return value.replace(/\$\{([^}:]*)(?::-([^}]*))?\}/g, (_, name: string, fallback = '') =>
    known.has(name) ? (known.get(name) ?? '') : (environment[name] ?? fallback),
  )
}
