import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ExitCode, UserError } from '../../errors.ts'
import { guessFormat } from '../../rules/import/guess-format.ts'
import type { ImportedFile, ImportProblem } from '../../rules/import/imported.ts'
import { type RuleFormat, ruleFormats, ruleReaders } from '../../rules/import/index.ts'
import { joinFiles } from '../../rules/import/join-files.ts'
import { printRuleFile } from '../../rules/import/print-rule-file.ts'
import { writeFileAtomically } from '../../system/write-file-atomically.ts'
import type { Context } from '../context.ts'
import { writeText } from '../write-text.ts'

export interface ImportOptions {
  from?: string
  to?: string
}

/** Writes what can be translated, names the rest; 1 when there is a rest. */
export async function importRules(
  paths: readonly string[],
  { from, to }: ImportOptions,
  context: Context,
): Promise<number> {
  const format = from === undefined ? undefined : checkFormat(from)
  const files = paths.flatMap(listFiles).map(path => readForeign(path, format))
  const { file, problems, liveChecks } = joinFiles(files)
  const text = printRuleFile(file)
  if (to === undefined) await writeText(context.stdout, text)
  else writeFileAtomically(to, text)
  const lines = [...problems.map(describe), summarize(file.rules.length, problems, liveChecks)]
  await writeText(context.stderr, lines.map(line => `${line}\n`).join(''))
  return problems.length ? ExitCode.findings : ExitCode.clean
}

function checkFormat(from: string): RuleFormat {
  const format = ruleFormats.find(format => format === from)
  if (format) return format
  throw new UserError(`format "${from}" is not known`, `Use ${ruleFormats.join(', ')}.`)
}

/** A folder's rule files, in the order of their names. */
function listFiles(path: string): string[] {
  const status = statSync(path, { throwIfNoEntry: false })
  if (!status)
    throw new UserError(`cannot read rules from "${path}": no such file or directory`, 'Check the path.')
  if (!status.isDirectory()) return [path]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(?:toml|ya?ml)$/.test(name))
    .sort()
    .map(name => join(path, name))
}

function readForeign(path: string, format: RuleFormat | undefined): ImportedFile {
  const text = readFileSync(path, 'utf8')
  const known = format ?? guessFormat(text)
  if (known) return ruleReaders[known](path, text)
  throw new UserError(
    `${path}: no rules of a form that is known`,
    `Say whose: --from ${ruleFormats.join('|')}.`,
  )
}

function describe({ file, rule, reason, isLost }: ImportProblem): string {
  const where = rule === undefined ? '' : `rule "${rule}": `
  return `${file}: ${where}${isLost ? 'not imported: ' : ''}${reason}`
}

function summarize(count: number, problems: readonly ImportProblem[], liveChecks: number): string {
  const lost = problems.filter(({ isLost }) => isLost).length
  const live = liveChecks ? `; ${liveChecks} live checks were left out` : ''
  return `${count} rules imported, ${lost} not${live}`
}
