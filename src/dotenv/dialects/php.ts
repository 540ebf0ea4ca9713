import { type Dialect, type Environment, type Evaluation, lineCounter } from '../dialect.ts'

/**
 * phpdotenv 5 (Laravel): names are letters, digits, `_` and `.`; `${NAME}` is filled in outside single quotes, when it is
 * known; only a double quote goes on over lines. One broken line makes it refuse the whole file.
 */
export const php: Dialect = {
  title: 'phpdotenv (PHP)',
  evaluate(text, environment) {
    const found: Evaluation = { variables: [], notices: [] }
    const known = new Map<string, string>()
    for (const { line, text: entry } of readEntries(text.replace(/^\ufeff/, ''))) {
      const { name, value, problem } = readEntry(entry, known, environment)
      if (problem !== undefined) {
        const notice = { line, kind: 'refused', message: `phpdotenv refuses the file: ${problem}` } as const
        return { variables: [], notices: [...found.notices, notice] }
      }
      if (value === null) known.delete(name)
      else known.set(name, value)
      found.variables.push({ key: name, value, line })
    }
    return found
  },
}

interface Entry {
  line: number
  text: string
}

/** Lines, and those that a double quote holds together. What is never closed is dropped with all that follows. */
function readEntries(source: string): Entry[] {
  const lineAt = lineCounter(source.replace(/\r\n?/g, '\n'))
  const entries: Entry[] = []
  let open: string[] | undefined
  let first = 1
  let offset = 0
  for (const line of source.split(/\r\n|\n|\r/)) {
    const number = lineAt(offset)
    offset += line.length + 1
    const starts = open === undefined && line.includes('="') && !closesQuote(line, true)
    if (starts) {
      open = []
      first = number
    }
    let text = line
    if (open !== undefined) {
      open.push(line)
      if (!closesQuote(line, starts)) continue
      text = open.join('\n')
      open = undefined
    } else first = number
    if (!/^(?:#|$)/.test(trim(text))) entries.push({ line: first, text })
  }
  return entries
}

/** Quotes that something other than a backslash stands before; a line that begins a value has one that opens it. */
function closesQuote(line: string, isFirst: boolean): boolean {
  if (line === '"') return true
  const quotes = line.replaceAll('\\\\', '').match(/(?<=[^\\])"/g)?.length ?? 0
  return quotes > (isFirst ? 1 : 0)
}

type Reading = { name: string; value: string | null; problem?: string }

function readEntry(entry: string, known: ReadonlyMap<string, string>, environment: Environment): Reading {
  const equals = entry.indexOf('=')
  const left = equals < 0 ? entry : trim(entry.slice(0, equals))
  if (left === '') return { name: '', value: null, problem: 'an equals sign without a name' }
  const name = readName(left)
  if (!/^[\p{Ll}\p{Lu}\p{M}\p{N}_.]+$/u.test(name)) return { name, value: null, problem: 'an invalid name' }
  if (equals < 0) return { name, value: null }
  const { value, dollars, problem } = readValue(trim(entry.slice(equals + 1)))
  if (problem !== undefined) return { name, value: null, problem }
  return { name, value: fillIn(value, dollars, known, environment) }
}

/** `export` counts only before a name of two characters or more. */
function readName(written: string): string {
  const isLong = Array.from(written).length > 8
  const name =
    isLong && /^export[ \t\n\r\v\f]/.test(written) ? written.slice(6).replace(/^[ \t\n\r\v\f]+/, '') : written
  return name.length > 2 && /^(["']).*\1$/s.test(name) ? name.slice(1, -1) : name
}

interface ValueReading {
  value: string
  /** Where dollars stand that may begin a reference. */
  dollars: number[]
  problem?: string
}

type State = 'start' | 'bare' | 'single' | 'double' | 'end'

function readValue(text: string): ValueReading {
  const found: ValueReading = { value: '', dollars: [] }
  let state: State = 'start'
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if (state === 'single') {
      if (char === "'") state = 'end'
      else found.value += char
    } else if (state === 'double') {
      if (char === '"') state = 'end'
      else if (char === '\\') {
        const escaped = escapes[text[++at] ?? '']
        if (escaped === undefined)
          return {
            ...found,
            problem: at < text.length ? 'an unknown escape' : 'a quote that is never closed',
          }
        found.value += escaped
      } else add(char)
    } else if (char === '#') break
    else if (state === 'end') {
      if (!isBlank(char)) return { ...found, problem: 'text behind the value' }
    } else if (state === 'start' && (char === "'" || char === '"')) state = char === "'" ? 'single' : 'double'
    else if (state === 'bare' && isBlank(char)) state = 'end'
    else {
      add(char)
      state = 'bare'
    }
  }
  return state === 'single' || state === 'double'
    ? { ...found, problem: 'a quote that is never closed' }
    : found

  function add(char: string): void {
    if (char === '$') found.dollars.push(found.value.length)
    found.value += char
  }
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  $: '$',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** The environment comes before the file; what nobody knows stays as it is. */
function fillIn(
  value: string,
  dollars: readonly number[],
  known: ReadonlyMap<string, string>,
  environment: Environment,
): string {
  return dollars.reduceRight((text, at) => {
    const [reference, name = ''] = /^\$\{([a-zA-Z0-9_.]+)\}/.exec(text.slice(at)) ?? []
    if (reference === undefined) return text
    const found = environment[name] ?? known.get(name)
    return found === undefined ? text : text.slice(0, at) + found + text.slice(at + reference.length)
  }, value)
}

function isBlank(char: string): boolean {
  return /[ \t\n\r\v\f]/.test(char)
}

function trim(text: string): string {
  return text.replace(/^[ \n\r\t\0\v]+|[ \n\r\t\0\v]+$/g, '')
}
