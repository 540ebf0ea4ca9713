import { parse } from '../../../dotenv/parse.ts'
import type { Token } from '../../../dotenv/token.ts'
import { isFormed } from '../../../hygiene/doubt.ts'
import type { KeyFact } from '../../../hygiene/facts.ts'
import { isSecret } from '../../../hygiene/problem.ts'
import type { ClassifiedEntry, KeyClassifier } from '../../classify-keys.ts'
import { endsOfValue } from './ends-of-value.ts'

/** What the rules need of each key; none of it is a value. */
export interface EnvReading {
  keys: KeyFact[]
  commented: string[]
  mentioned: string[]
  isSealed: boolean
  isScript: boolean
  /** Whether its remarks say that it holds defaults. */
  saysDefaults: boolean
}

/** Reads env files' texts: their bytes go in, facts come out. */
export class EnvReader {
  readonly #classify: KeyClassifier
  readonly #digest: (value: string) => string
  /** Secrets in use, by digest; they never leave memory. */
  readonly values = new Map<string, string>()
  /** Secrets of earlier versions that are not in use and whose form does not tell whose they are. */
  readonly past = new Map<string, string>()

  constructor(classify: KeyClassifier, digest: (value: string) => string) {
    this.#classify = classify
    this.#digest = digest
  }

  /** @param inUse remembers the secrets, to look for them elsewhere */
  read(bytes: Uint8Array, inUse = false): EnvReading {
    const tokens = readTokens(bytes)
    const keys = this.#classify(tokens).map(entry => this.#describe(entry, inUse))
    return {
      keys,
      commented: tokens.flatMap(nameInComment),
      mentioned: tokens.flatMap(namesInValue),
      isSealed: isSealed(keys),
      isScript: tokens.some(isCode),
      saysDefaults: tokens.some(token => token.kind === 'comment' && defaults.test(token.text)),
    }
  }

  /** The keys of some lines of a file. */
  readKeys(lines: Uint8Array, file: Uint8Array): KeyFact[] {
    return this.#classify(readTokens(lines), readTokens(file)).map(entry =>
      this.#remember(this.#describe(entry, false), entry.value),
    )
  }

  #remember(key: KeyFact, value: string): KeyFact {
    if (isSecret(key) && !isFormed(key) && !this.values.has(key.digest)) this.past.set(key.digest, value)
    return key
  }

  #describe(
    { entry, key, value, classification, isForDevelopment, isDeployed }: ClassifiedEntry,
    inUse: boolean,
  ): KeyFact {
    const digest = this.#digest(value)
    if (inUse && isSecret({ classification })) this.values.set(digest, value)
    const ends = endsOfValue(value)
    return {
      name: key,
      line: entry.line,
      classification,
      digest,
      ...(ends === undefined ? {} : { ends }),
      ...(isOfProduction(value) ? { isOfProduction: true } : {}),
      ...(isForDevelopment ? { isForDevelopment } : {}),
      ...(isDeployed ? { isDeployed } : {}),
    }
  }
}

/** `DO NOT DEFINE PRODUCTION SECRETS IN THIS FILE`, `copy this file to .env`. */
const defaults =
  /\bdo(?:n't| not) (?:use|define|put|store|set)\b[^\n]{0,30}\bproduction\b|\bnot for (?:use in )?production\b|\bcopy this file\b|\bthis file is an? "?(?:template|example|sample)\b|\b(?:only for|for) (?:local )?(?:development|testing)(?: and (?:testing|development))? only\b/i

function readTokens(bytes: Uint8Array): Token[] {
  return parse(bytes.includes(0) ? splitAtNul(bytes) : bytes)
}

/** `postgres://user:…@db.prod.example.com/shop`: a part of the host's name says so. */
function isOfProduction(value: string): boolean {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^\s/@]*@)?([^\s/:@]+)/i.exec(value)?.[1] ?? ''
  return /(?:^|[.-])(?:prod|production|prd)\d*(?:[.-]|$)/i.test(host)
}

/** Editors' swap files hold the lines of a text between NULs. */
function splitAtNul(bytes: Uint8Array): Uint8Array {
  return bytes.map(byte => (byte === 0 ? 10 : byte))
}

function nameInComment(token: Token): string[] {
  const name = token.kind === 'comment' && /^\s*#+\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(token.text)?.[1]
  return name ? [name] : []
}

function namesInValue(token: Token): string[] {
  if (token.kind !== 'entry') return []
  return [...token.value.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name = '']) => name)
}

/** `DIRS[((i++))]=…`, `${HOST/*@/}`, `else`, `{{#if}}`: none but a shell or a template engine reads it. */
function isCode(token: Token): boolean {
  if (token.kind === 'other')
    return /^\s*(?:then|else|fi|do|done|esac)\s*$|;\s*(?:then|do)\s*$|\(\)\s*\{|^\s*\{%.*%\}\s*$|^\s*\{\{[#/^].*\}\}\s*$|^\s*<%.*%>\s*$/.test(
      token.text,
    )
  return (
    token.kind === 'entry' &&
    (/[[\]()]/.test(token.key) || (token.quote !== 'single' && /\$\{\w+[/#%^,]/.test(token.value)))
  )
}

/** Its secrets are encrypted, and none stands there in clear. */
function isSealed(keys: readonly KeyFact[]): boolean {
  const isOpen = keys.some(key => isSecret(key) && !key.name.startsWith('sops_'))
  return !isOpen && keys.some(({ classification }) => classification.reason.startsWith('encrypted'))
}
