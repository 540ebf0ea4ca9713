import { classifyValue } from '../classification/classify-value.ts'
import { createIssuerTest } from '../classification/issuers.ts'
import { type Neighbours, readNeighbours } from '../classification/neighbours.ts'
import type { RuleHit } from '../classification/value-facts.ts'
import { decodeBytes } from '../dotenv/parse.ts'
import { print } from '../dotenv/print.ts'
import type { EntryToken, Token } from '../dotenv/token.ts'
import { checksums } from '../engine/checksums/index.ts'
import { isPlaceholder } from '../engine/placeholders.ts'
import { createScanner, type Scanner } from '../engine/scanner.ts'
import { compileKernel } from '../kernel/load-kernel.ts'
import type { Classification, Match } from '../model.ts'
import type { Program } from '../program.ts'
import { readBuilt } from '../system/assets.ts'
import { loadGenericJudge } from './generic-judge.ts'
import { readBuiltRules } from './scan/load-rules.ts'
import { makeKernel } from './scan/make-kernel.ts'

export interface ClassifiedEntry {
  entry: EntryToken
  key: string
  /** As written between the quotes; a dialect says what a program makes of it. */
  value: string
  classification: Classification
  /** Whether the file says that it is for a developer's machine. */
  isForDevelopment: boolean
  /** Whether the file gives its own site an address that others reach. */
  isDeployed: boolean
}

/**
 * Says of each entry of a .env file, given as `parse` reads it, what it holds and why.
 * @param around the whole file, where the entries are only a part of it
 */
export type KeyClassifier = (tokens: readonly Token[], around?: readonly Token[]) => ClassifiedEntry[]

interface FileFacts {
  matches: readonly Match[]
  isForFirebase: boolean
  /** Whether the id of an account's key at AWS stands in it, which has a form as the key itself has none. */
  hasAwsKeyId: boolean
  neighbours: Neighbours
}

/** Where the rules are, and what searches for them: by default those that the build compiled. */
export interface RuleSearch {
  program: Program
  scan: Scanner['scan']
}

export function createKeyClassifier({ program, scan }: RuleSearch = searchBuiltIn()): KeyClassifier {
  const isIssuer = createIssuerTest(program.rules.map(({ provider }) => provider))
  return (tokens, around = tokens) => {
    const matches = scan({
      bytes: print(tokens),
      path: NAME,
      origin: { kind: 'file', path: NAME, tracked: false },
    })
    const isForFirebase = around.some(
      token => token.kind === 'entry' && /\.firebase(?:app|io)\.com/.test(token.value),
    )
    const hasAwsKeyId = around.some(
      token => token.kind === 'entry' && /^["']?A[KS]IA[A-Z2-7]{16}["']?$/.test(decodeBytes(token.value)),
    )
    const neighbours = readNeighbours(
      around.flatMap(token =>
        token.kind === 'entry' ? [{ key: decodeBytes(token.key), value: decodeBytes(token.value) }] : [],
      ),
    )
    let at = 0
    return tokens.flatMap(token => {
      const start = at
      at += print([token]).length
      return token.kind === 'entry'
        ? [classifyEntry(token, start, { matches, isForFirebase, hasAwsKeyId, neighbours })]
        : []
    })
  }

  function classifyEntry(
    entry: EntryToken,
    start: number,
    { matches, isForFirebase, hasAwsKeyId, neighbours }: FileFacts,
  ): ClassifiedEntry {
    const { indent, exported, operator, open } = entry
    const from = start + (indent + exported + entry.key + operator + open).length
    const hit = surestHit(matches, from, from + entry.value.length)
    const key = decodeBytes(entry.key)
    const value = decodeBytes(entry.value)
    const classification = classifyValue({
      name: key,
      value,
      hit,
      isForFirebase,
      server: neighbours.serverOf(key, value),
      namesBeside: neighbours.namesBeside(key),
      isOfPair: neighbours.isOfPair(key),
      isPlaceholder,
      isIssuer,
    })
    const { provider } = classification
    const isKnownByName =
      hit !== undefined &&
      provider !== undefined &&
      provider !== 'generic' &&
      !(provider === 'aws' && hasAwsKeyId) &&
      !isKnownAlone(value, provider)
    return {
      entry,
      key,
      value,
      classification: isKnownByName ? { ...classification, isKnownByName } : classification,
      isForDevelopment: neighbours.isForDevelopment,
      isDeployed: neighbours.isDeployed,
    }
  }

  /** Whether a rule of the provider finds the value under a name that tells nothing. */
  function isKnownAlone(value: string, provider: string): boolean {
    const matches = scan({
      bytes: Buffer.from(`A="${value}"\n`),
      path: NAME,
      origin: { kind: 'file', path: NAME, tracked: false },
    })
    return matches.some(({ rule }) => program.rules[rule]?.provider === provider)
  }

  function surestHit(matches: readonly Match[], from: number, to: number): RuleHit | undefined {
    const [surest] = matches
      .filter(({ start, end }) => start < to && end > from)
      .sort((a, b) => b.confidence - a.confidence)
    const rule = surest && program.rules[surest.rule]
    if (!rule) return undefined
    return { rule: rule.id, provider: rule.provider, severity: rule.severity, confidence: surest.confidence }
  }
}

/** A neutral name: one such as `.env.example` would make a real secret look less sure. */
const NAME = '.env'

function searchBuiltIn(): RuleSearch {
  const rules = readBuiltRules()
  const kernel = makeKernel(rules, compileKernel(readBuilt('search.wasm')))
  const { scan } = createScanner(rules.program, kernel, {
    checksums,
    judgeGeneric: loadGenericJudge().judge,
  })
  return { program: rules.program, scan }
}
