/** The expressions of betterleaks 1.7 (expr-lang) as far as allowlists can say the same. Facts: its config/translate_filters.go. */

export type Target = 'secret' | 'match' | 'line' | 'path'

/** One condition under which a match is dropped. */
export type FilterTerm =
  | { kind: 'entropy'; atMost: number }
  | { kind: 'regexes'; target: Target; regexes: string[]; isNegated: boolean }
  | { kind: 'stopwords'; words: string[] }

export interface ParsedFilter {
  /** Alternatives; the terms of one must all hold. */
  alternatives: FilterTerm[][]
  /** The alternatives that have no counterpart, as they are written. */
  unknown: string[]
}

interface Token {
  kind: 'text' | 'number' | 'word' | 'mark'
  value: string
}

const tokenForm =
  /\s+|\/\/[^\n]*|`([^`]*)`|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(\?\?|\|\||&&|<=|>=|==|!=|.)/gsy

export function parseFilter(source: string): ParsedFilter {
  const filter: ParsedFilter = { alternatives: [], unknown: [] }
  for (const tokens of splitAt(afterStatements(tokenize(source)), '||')) addAlternative(filter, tokens)
  return filter
}

function addAlternative(filter: ParsedFilter, written: readonly Token[]): void {
  const tokens = unwrap(written)
  const inner = splitAt(tokens, '||')
  if (inner.length > 1) {
    for (const part of inner) addAlternative(filter, part)
    return
  }
  if (tokens.length === 0) return
  const terms = splitAt(tokens, '&&').map(part => readTerm(unwrap(part)))
  const known = terms.filter(term => term !== undefined)
  if (known.length === terms.length) filter.alternatives.push(known)
  else filter.unknown.push(describe(tokens))
}

function tokenize(source: string): Token[] {
  return [...source.matchAll(tokenForm)].flatMap(([, raw, quoted, number, word, mark]): Token[] => {
    if (raw !== undefined) return [{ kind: 'text', value: raw }]
    if (quoted !== undefined) return [{ kind: 'text', value: unquote(quoted) }]
    if (number !== undefined) return [{ kind: 'number', value: number }]
    if (word !== undefined) return [{ kind: 'word', value: word }]
    return mark === undefined ? [] : [{ kind: 'mark', value: mark }]
  })
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/gs, (_, escaped: string) => escapes[escaped] ?? escaped)
}

/** Variables are not followed; an alternative that names one has no counterpart. */
function afterStatements(tokens: readonly Token[]): Token[] {
  return splitAt(tokens, ';').at(-1) ?? []
}

/** At marks that stand in no bracket. */
function splitAt(tokens: readonly Token[], mark: string): Token[][] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (token.kind === 'mark') depth += depthOf(token.value)
    if (token.kind === 'mark' && token.value === mark && depth === 0) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

function depthOf(mark: string): number {
  return '([{'.includes(mark) ? 1 : ')]}'.includes(mark) ? -1 : 0
}

/** Without the parentheses around all of it. */
function unwrap(tokens: readonly Token[]): Token[] {
  if (tokens[0]?.kind !== 'mark' || tokens[0].value !== '(') return [...tokens]
  let depth = 0
  const end = tokens.findIndex(token => {
    if (token.kind === 'mark') depth += depthOf(token.value)
    return depth === 0
  })
  return end === tokens.length - 1 ? unwrap(tokens.slice(1, -1)) : [...tokens]
}

/** What `<` leaves out: entropies of real values are never that near to one another. */
const LESS = 1e-9

function readTerm(tokens: readonly Token[]): FilterTerm | undefined {
  const isNegated = tokens[0]?.kind === 'mark' && tokens[0].value === '!'
  const rest = isNegated ? unwrap(tokens.slice(1)) : tokens
  const call = readCall(rest)
  if (!call) return undefined
  const [subject = [], list = []] = call.args
  const target = readTarget(subject)
  if (target === undefined) return undefined
  if (call.name === 'entropy') {
    const [comparison, limit] = call.after
    if (isNegated || target !== 'secret' || limit?.kind !== 'number' || call.after.length !== 2)
      return undefined
    if (comparison?.value === '<=') return { kind: 'entropy', atMost: Number(limit.value) }
    return comparison?.value === '<' ? { kind: 'entropy', atMost: Number(limit.value) - LESS } : undefined
  }
  const texts = readTexts(list)
  if (!texts || call.after.length > 0) return undefined
  if (call.name === 'matchesAny') return { kind: 'regexes', target, regexes: texts, isNegated }
  // Needles are not lower-cased there, so one with an upper-case letter is never found.
  const words = texts.filter(text => text === text.toLowerCase())
  if (call.name !== 'containsAny' || isNegated || target !== 'secret') return undefined
  return { kind: 'stopwords', words }
}

function readCall(tokens: readonly Token[]) {
  const [name, open] = tokens
  if (name?.kind !== 'word' || open?.value !== '(') return undefined
  let depth = 0
  const end = tokens.findIndex((token, i) => {
    if (token.kind === 'mark') depth += depthOf(token.value)
    return i > 0 && depth === 0
  })
  if (end < 0) return undefined
  return {
    name: name.value.replace(/^filter\./, ''),
    args: splitAt(tokens.slice(2, end), ','),
    after: tokens.slice(end + 1),
  }
}

const targets: Readonly<Record<string, Target>> = {
  'finding[secret]': 'secret',
  'finding[match]': 'match',
  'finding[line]': 'line',
  'attributes[path]': 'path',
  'attributes[path]??': 'path',
  'get(attributes,path,)': 'path',
}

function readTarget(tokens: readonly Token[]): Target | undefined {
  return targets[describe(unwrap(tokens))]
}

function readTexts(tokens: readonly Token[]): string[] | undefined {
  const [open, ...rest] = tokens
  const close = rest.pop()
  if (open?.value !== '[' || close?.value !== ']') return undefined
  const parts = splitAt(rest, ',').filter(part => part.length > 0)
  const texts = parts.flatMap(([text, ...more]) =>
    text?.kind === 'text' && more.length === 0 ? [text.value] : [],
  )
  return texts.length === parts.length ? texts : undefined
}

function describe(tokens: readonly Token[]): string {
  return tokens.map(({ value }) => value).join('')
}
