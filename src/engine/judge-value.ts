/**
 * Decides about values without a known form: is what is assigned to `password` or `api_key` a secret, or a label, a
 * reference, an expression, a placeholder? Answers with a confidence from 0 (no) to 1.
 */
import { entropyOf } from '../entropy.ts'
import { isPlaceholder } from './placeholders.ts'

export interface ValueFacts {
  judge: 'password' | 'token'
  /** The name as written, without quotes. */
  name: string
  value: string
  operator: string
  isQuoted: boolean
  /** Bare words are expressions in this file. */
  isCode: boolean
  /** What follows the value on its line. */
  rest: string
}

/** Names that speak about a secret and do not hold one: `password_field`, `tokenUrl`, `secret_name`. */
const aboutSecrets =
  /(?:^|[^a-z])(?:is|has|no|use|show|hide|forgot|reset|verify|validate|check|confirm|min|max|num|enable[d]?|allow|require[ds]?)[A-Z_-]|(?:field|label|name|names|type|types|url|uri|path|file|files|dir|id|ids|count|length|len|size|expiry|expires|expiration|expire|ttl|age|timeout|interval|header|param|params|parameter|prompt|hint|help|text|title|message|msg|error|placeholder|regex|pattern|policy|rule|rules|format|strength|min|max|limit|index|prefix|suffix|separator|status|state|enabled|disabled|required|valid|invalid|column|table|class|style|icon|input|form|button|option|options|mode|method|algorithm|alg|encoding|version|provider|service|store|manager|generator|factory|handler|callback|function|func|scope|scopes|endpoint|host|port|env|var|variable|ref|source|region|bucket|arn|begin|start|end|pos|position|offset|line|char|kind|level|role|user|username|email|address|domain|date|time|at|in|by|hash|digest|bits|bytes|rounds|cost|set|list|array|map|dict|tokens|keys|budget|usage)$/

const filePath =
  /^(?:\.{0,2}\/|[A-Za-z]:\\|~\/)|\.(?:json|ya?ml|xml|txt|pem|crt|cer|key|p12|pfx|jks|conf|cfg|ini|env|properties|html?|php|py|js|ts|java|rb|go|sh|md|png|svg|css)$/i
const url = /^[a-z][a-z0-9+.-]*:\/\//i
/** `config.password`, `getToken()`, `user->pass`, `a[b]`, `Foo::bar`. */
const expression =
  /^[A-Za-z_$][\w$]*(?:(?:\.|->|::)[A-Za-z_$][\w$]*)+(?:\(.*)?$|^[\w$.]+\(|^[\w$.]+\[|^&|^\*\w|^new |^function\b|=>/
const typeName =
  /^(?:string|str|String|bytes?|byte\[\]|int|integer|number|bool(?:ean)?|text|varchar|char|any|object|void|float|double|uuid|SecretStr|Optional|date(?:time)?|array|list|dict|map|keyword|password|secret|token)$/i
/** `IDENT@1692..1695`, a node of a syntax tree as Rust's parsers print it. */
const syntaxNode = /^[A-Z][A-Z_]*@\d+\.\.\d+$/
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const words = /^[A-Za-z]+(?:[-_. /:][A-Za-z]+)*$/

export function judgeValue(facts: ValueFacts): number {
  const { name, value, isQuoted, judge } = facts
  // Cheap tests first: nearly all values fail one of them.
  if (!hasSubstance(judge, value) || !isPlausible(facts)) return 0
  if (syntaxNode.test(value) || url.test(value) || filePath.test(value)) return 0
  if (typeName.test(value) || expression.test(value)) return 0
  if (aboutSecrets.test(splitWords(name)) || repeatsName(name, value) || isPlaceholder(value)) return 0
  return judge === 'password' ? judgePassword(value, isQuoted) : judgeToken(value, isQuoted)
}

/** Long enough; and a token without a digit or a letter is a word or a number. */
function hasSubstance(judge: ValueFacts['judge'], value: string): boolean {
  if (judge === 'password') return value.length >= 5
  return value.length >= 12 && /\d/.test(value) && /[A-Za-z]/.test(value)
}

/** camelCase, snake_case and kebab-case in one form: `tokenUrl` → `token_url`. */
function splitWords(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/_\d*$/, '')
}

function isPlausible({ name, value, isQuoted, isCode, operator, rest }: ValueFacts): boolean {
  if (/[^\x21-\x7e\x80-\xff]|\xa0/.test(value)) return false
  if (isQuoted) return true
  if (operator === '>' || name.startsWith('-')) return true
  // A bare word in code is an expression, unless it stands inside a string: `Password=…;` of a connection string.
  if (isCode && !/^\s*["'`;&]/.test(rest)) return false
  if (operator.startsWith('spaced')) return false
  return /^\s*(?:$|#|\/\/|["'`;&,<\\|)\]}]|[\w.-]+\s*[=:])/.test(rest)
}

function repeatsName(name: string, value: string): boolean {
  const plainName = name.toLowerCase().replace(/[^a-z0-9]/g, '')
  const plainValue = value.toLowerCase().replace(/[^a-z0-9]/g, '')
  return (
    plainValue === '' ||
    plainName.includes(plainValue) ||
    (plainValue.includes(plainName) && plainName.length >= 4)
  )
}

function judgePassword(value: string, isQuoted: boolean): number {
  if (new Set(value).size < 4) return 0
  const kinds = countKinds(value)
  if (kinds >= 3) return 0.8
  if (kinds === 2) return words.test(value) ? 0.3 : 0.6
  return isQuoted ? 0.4 : 0.3
}

function judgeToken(value: string, isQuoted: boolean): number {
  if (uuid.test(value)) return 0.45
  const bits = entropyOf(value)
  const isHex = /^[0-9a-f]+$/i.test(value)
  const enough = isHex ? 3 : value.length >= 24 ? 3.5 : 3.1
  if (bits < enough) return 0.2
  const isLong = value.length >= 20
  return (isLong ? 0.75 : 0.6) - (isQuoted ? 0 : 0.1)
}

/** How many of lower case, upper case, digits and other characters occur. */
function countKinds(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter(kind => kind.test(value)).length
}
