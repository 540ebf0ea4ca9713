import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { valuesOf } from '../../dotenv/dialect.ts'
import { type Divergence, findDivergences } from '../../dotenv/divergences.ts'
import { type DialectName, dialects } from '../../dotenv/index.ts'
import { parse } from '../../dotenv/parse.ts'
import type { Token } from '../../dotenv/token.ts'
import { UserError } from '../../errors.ts'
import type { SourceEntry } from '../../migration/decide-values.ts'
import { Secret } from '../../model.ts'
import { createKeyClassifier } from '../classify-keys.ts'

/** A .env file as its programs see it. */
export interface SourceFile {
  /** As it was given. */
  file: string
  /** Absolute. */
  path: string
  bytes: Buffer
  tokens: readonly Token[]
  dialect: DialectName
  /** What a program gets, in the order of the keys' last lines. */
  entries: readonly SourceEntry[]
  /** Lines that hold a name without a value, or that no dialect reads. */
  unread: readonly number[]
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
  const commands = evaluation.notices.filter(({ kind }) => kind === 'command')
  if (commands[0])
    throw new UserError(
      `${file}:${commands[0].line}: ${commands[0].key ?? 'a value'} comes from a command, which is never run`,
      'Write the value itself there, or leave the key out with --except.',
    )
  const values = valuesOf(evaluation)
  const classified = new Map(createKeyClassifier()(tokens).map(entry => [entry.key, entry]))
  const entries = [...values].flatMap(([key, value]): SourceEntry[] => {
    const known = classified.get(key)
    if (value === null) return []
    if (!known)
      throw new UserError(
        `${file}: ${dialect} reads a key ${JSON.stringify(key)} that no line of its own holds`,
        'Give each key a line of its own, or another --dialect.',
      )
    return [{ key, line: known.entry.line, value: new Secret(value), classification: known.classification }]
  })
  if (entries.length === 0) throw new UserError(`${file} holds no variable`, 'There is nothing to migrate.')
  const unread = tokens.flatMap(token => (token.kind === 'other' ? [token.line] : []))
  return {
    ...{ file, path, bytes, tokens, dialect, unread },
    entries: entries.sort((a, b) => a.line - b.line),
    divergences: findDivergences(text, inUse),
  }
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
