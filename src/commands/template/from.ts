import { existsSync, mkdirSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { type DialectName, dialects, isDialect } from '../../dotenv/index.ts'
import { decodeBytes, parse } from '../../dotenv/parse.ts'
import { print } from '../../dotenv/print.ts'
import type { EntryToken, Token } from '../../dotenv/token.ts'
import { ExitCode, UserError } from '../../errors.ts'
import { writeFileAtomically } from '../../system/write-file-atomically.ts'
import { escapeText, findMalformed } from '../../templates/find-malformed.ts'
import { parseValue } from '../../templates/parse-value.ts'
import { quoteValue } from '../../templates/quote-value.ts'
import { decodeValue } from '../../templates/read-template.ts'
import { blankComments } from '../blank-comments.ts'
import { createKeyClassifier } from '../classify-keys.ts'
import type { Context } from '../context.ts'
import { templateName } from '../find-template.ts'
import { chooseVault } from '../open-vault.ts'
import { readTemplateFile } from '../read-template-file.ts'
import type { TemplateOptions } from './options.ts'
import { withValue } from './render.ts'
import { tellPrefix } from './tell-prefix.ts'

/** Secrets become references; what else there is stays, and means in the template what it means in the file. */
export async function makeFrom(
  file: string | undefined,
  options: TemplateOptions,
  context: Context,
): Promise<number> {
  const source = readTemplateFile(file ?? '', context.cwd)
  const stage = options.stage ?? /^\.env\.([\w-]+)$/.exec(basename(file ?? ''))?.[1]
  const choice = await chooseVault({ ...options, stage }, context)
  const made = convert(source, choice.store, isDialect(options.dialect) ? options.dialect : 'dotenv')
  tellPrefix(options, choice, context)
  write(made, options.output ?? templateName(choice.stage), options, context)
  return ExitCode.clean
}

interface Converted {
  text: Buffer
  secrets: string[]
  kept: number
}

function convert(source: Buffer, vault: string, dialect: DialectName): Converted {
  const tokens = parse(source)
  const classify = createKeyClassifier()
  const classified = new Map(classify(tokens).map(entry => [entry.entry, entry]))
  const values = new Map(
    dialects[dialect]
      .evaluate(source.toString('utf8'), {})
      .variables.map(({ key, value, line }) => [`${line}:${key}`, value]),
  )
  const secrets: string[] = []
  const without = blankComments(tokens, classify).tokens
  const made = without.flatMap((token, i): Token[] => {
    const source = tokens[i]
    const entry = source?.kind === 'entry' ? classified.get(source) : undefined
    if (token.kind !== 'entry' || !entry) return [token]
    if (entry.classification.class === 'secret') {
      secrets.push(entry.key)
      return [withValue({ ...token, tail: '' }, { quote: 'none', text: `{${vault}}` })]
    }
    if (entry.classification.class === 'reference') return [token]
    return [sameMeaning(token, values.get(`${token.line}:${entry.key}`) ?? entry.value, vault)]
  })
  return { text: print(made), secrets, kept: classified.size - secrets.length }
}

/** A static value, written anew only where a template would read another one. */
function sameMeaning(token: EntryToken, value: string, vault: string): Token {
  const read = decodeValue({ value: decodeBytes(token.value), quote: token.quote })
  const parts = parseValue(read, '')
  if (
    read === value &&
    token.tail.trim() === '' &&
    parts.every(({ kind, text }) => kind === 'text' && text === read) &&
    findMalformed(read, name => name === vault).length === 0
  )
    return token
  const quoted = quoteValue(escapeText(value, name => name === vault))
  if (quoted) return withValue({ ...token, tail: token.comment === '' ? '' : ' ' }, quoted)
  throw new UserError(
    `line ${token.line}: the value of ${decodeBytes(token.key)} cannot be written into a template`,
    'It holds several kinds of quotes or unusual line ends; put it into the vault.',
  )
}

function write(
  { text, secrets, kept }: Converted,
  output: string,
  { quiet }: TemplateOptions,
  { stdout, stderr, cwd }: Context,
): void {
  if (output === '-') stdout.write(text)
  else {
    const path = resolve(cwd, output)
    if (existsSync(path))
      throw new UserError(`there is a template already: "${output}"`, 'Move it away, or say --output FILE.')
    mkdirSync(dirname(path), { recursive: true })
    writeFileAtomically(path, text)
  }
  if (quiet) return
  stderr.write(
    `${output === '-' ? 'template' : output}: ${secrets.length} references, ${kept} values as they are\n`,
  )
  if (secrets.length > 0) stderr.write(`  The vault needs: ${secrets.join(', ')}\n`)
}
