import { decodeBytes } from '../../dotenv/parse.ts'
import { print } from '../../dotenv/print.ts'
import type { EntryToken, Token } from '../../dotenv/token.ts'
import { UserError } from '../../errors.ts'
import type { DecidedEntry, TemplatePart } from '../../migration/decide-values.ts'
import { escapeText } from '../../templates/find-malformed.ts'
import { quoteValue } from '../../templates/quote-value.ts'
import type { SourceFile } from './read-source.ts'

/** The file with references where secrets stood; comments, blank lines and order stay. */
export function makeTemplate(
  { file, shown }: SourceFile,
  decided: readonly DecidedEntry[],
  vault: string,
): string {
  const last = new Map(decided.map(entry => [entry.line, entry]))
  const lines = shown.flatMap(token => printToken(token))
  return print(lines).toString('utf8')

  function printToken(token: Token): Token[] {
    if (token.kind === 'bom') return []
    if (token.kind === 'other') return [{ ...token, text: `# ${token.text}` }]
    if (token.kind !== 'entry') return [token]
    const entry = last.get(token.line)
    // Of a key given twice only the last line counted.
    if (!entry || entry.isLeft) return []
    return [replaceValue(token, writeParts(entry))]
  }

  function writeParts({ key, line, parts }: DecidedEntry): string {
    const quoted = quoteValue(parts.map(part => writePart(part, key, parts.length === 1)).join(''))
    if (!quoted)
      throw new UserError(
        `${file}:${line}: the value of ${key} cannot be written into a template`,
        'It holds several kinds of quotes: store it with --include-config, or leave it out with --except.',
      )
    const mark = { none: '', single: "'", double: '"', backtick: '`' }[quoted.quote]
    return `${mark}${quoted.text}${mark}`
  }

  function writePart(part: TemplatePart, key: string, isAlone: boolean): string {
    if ('text' in part) return escapeText(part.text, name => name === vault)
    return isAlone && part.entry === key ? `{${vault}}` : `{${vault}:${part.entry}}`
  }
}

function replaceValue(token: EntryToken, written: string): EntryToken {
  const comment = token.comment === '' ? '' : token.comment
  return {
    ...token,
    operator: '=',
    quote: 'none',
    open: '',
    value: Buffer.from(written, 'utf8').toString('latin1'),
    close: '',
    tail: comment === '' ? '' : ' ',
    comment,
    indent: '',
    exported: decodeBytes(token.exported) === '' ? '' : 'export ',
    eol: token.eol === '' ? '\n' : token.eol,
  }
}
