import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Notice, valuesOf } from '../../dotenv/dialect.ts'
import { type Divergence, findDivergences } from '../../dotenv/divergences.ts'
import { type DialectName, dialects } from '../../dotenv/index.ts'
import { decodeBytes, parse } from '../../dotenv/parse.ts'
import type { Token } from '../../dotenv/token.ts'
import { UserError } from '../../errors.ts'
import type { SourceEntry } from '../../migration/decide-values.ts'
import { Secret } from '../../model.ts'
import { blankComments } from '../blank-comments.ts'
import { createKeyClassifier } from '../classify-keys.ts'

/** A .env file as its programs see it. */
export interface SourceFile {
  /** As it was given. */
  file: string
  /** Absolute. */
  path: string
  bytes: Buffer
  tokens: readonly Token[]
  /** The same without secrets in comments, for what will be committed. */
  shown: readonly Token[]
  /** Lines with a secret in a comment. */
  blanked: readonly number[]
  dialect: DialectName
  /** What a program gets, in the order of the keys' last lines. */
  entries: readonly SourceEntry[]
  divergences: readonly Divergence[]
}

/**
 * @param inUse dialects, the one that counts first
 * @throws UserError for a file that cannot be read as text, or holds nothing
 */
export function readSource(file: string, inUse: readonly DialectName[], cwd: string): SourceFile {
  const [dialect = 'dotenv'] = inUse
  const path = resolve(cwd, file)
  const bytes = readBytes(path, file)
  const text = decode(bytes, file)
  const tokens = parse(bytes)
  const evaluation = dialects[dialect].evaluate(text, {})
  const values = valuesOf(evaluation)
  const unknown = findUnknown(tokens, evaluation.notices)
  const classify = createKeyClassifier()
  const classified = new Map(classify(tokens).map(entry => [entry.key, entry]))
  const entries = [...values].flatMap(([key, value]): SourceEntry[] => {
    const known = classified.get(key)
    if (value === null) return []
    if (!known)
      throw new UserError(
        `${file}: ${dialect} reads a key ${JSON.stringify(key)} that no line of its own holds`,
        'Give each key a line of its own, or another --dialect.',
      )
    return [
      {
        ...{ key, line: known.entry.line, value: new Secret(value), classification: known.classification },
        unknown: unknown.get(key),
      },
    ]
  })
  if (entries.length === 0) throw new UserError(`${file} holds no variable`, 'There is nothing to migrate.')
  const { tokens: shown, lines: blanked } = blankComments(tokens, classify)
  return {
    ...{ file, path, bytes, tokens, shown, blanked, dialect },
    entries: entries.sort((a, b) => a.line - b.line),
    divergences: findDivergences(text, inUse),
  }
}

/**
 * Keys whose values only the running program knows, with the reason: they hold a command, or refer to what the file does not
 * set, or to such a key.
 */
function findUnknown(tokens: readonly Token[], notices: readonly Notice[]): Map<string, string> {
  const unknown = new Map(notices.flatMap(({ key, message }) => (key ? [[key, message] as const] : [])))
  for (const token of tokens) {
    if (token.kind !== 'entry' || token.quote === 'single') continue
    const [, name] =
      [...decodeBytes(token.value).matchAll(/\$\{?(\w+)/g)].find(([, referred = '']) =>
        unknown.has(referred),
      ) ?? []
    const key = decodeBytes(token.key)
    if (name !== undefined && !unknown.has(key))
      unknown.set(key, `refers to ${name}, which only the program knows`)
  }
  return unknown
}

function readBytes(path: string, file: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new UserError(`cannot read "${file}"`, 'Check its name and who may read it.', { cause: error })
  }
}

function decode(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    throw new UserError(`${file} is not UTF-8`, 'Save it as UTF-8 first.', { cause: error })
  }
}
