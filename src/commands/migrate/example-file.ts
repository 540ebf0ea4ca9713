import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { decodeBytes, parse } from '../../dotenv/parse.ts'
import { print } from '../../dotenv/print.ts'
import type { EntryToken, Token } from '../../dotenv/token.ts'
import type { DecidedEntry } from '../../migration/decide-values.ts'
import type { SourceFile } from './read-source.ts'
import { type FileChange, planTextFile } from './text-file.ts'

/**
 * The example that people copy: the names with blanks for what is stored. One that is there keeps its text, and loses the
 * stored values it holds; undefined where it holds none.
 */
export function planExample(
  root: string,
  source: SourceFile,
  decided: readonly DecidedEntry[],
): FileChange | undefined {
  const file = source.path
  const known = endings.map(ending => `${file}.${ending}`).find(path => existsSync(path))
  const path = known ?? `${file}.example`
  const tokens = known ? blankStored(parse(readFileSync(known)), decided) : blankAll(source.shown, decided)
  const change = planTextFile(
    root,
    join(relative(root, dirname(path)), basename(path)),
    print(tokens).toString('utf8'),
  )
  return change.after === change.before ? undefined : change
}

const endings = ['example', 'sample', 'template', 'dist', 'defaults']

function blankStored(tokens: readonly Token[], decided: readonly DecidedEntry[]): Token[] {
  const values = decided.flatMap(({ stored }) => (stored ? [stored.value] : []))
  return tokens.map(token =>
    token.kind === 'entry' && values.some(value => decodeBytes(token.value).includes(value))
      ? blank(token)
      : token,
  )
}

/** Plain configuration stays; what is left in the file may be what opens the vault. */
function blankAll(tokens: readonly Token[], decided: readonly DecidedEntry[]): Token[] {
  const plain = new Set(
    decided.flatMap(({ key, parts, isLeft }) =>
      !isLeft && parts.every(part => 'text' in part) ? [key] : [],
    ),
  )
  return tokens.flatMap(token => {
    if (token.kind === 'entry') return [plain.has(decodeBytes(token.key)) ? token : blank(token)]
    if (token.kind === 'other') return [{ ...token, text: `# ${token.text}` }]
    return token.kind === 'bom' ? [] : [token]
  })
}

function blank(token: EntryToken): Token {
  return { ...token, quote: 'none', open: '', value: '', close: '' }
}
