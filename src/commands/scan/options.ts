import { type Command, InvalidArgumentError, Option } from 'commander'
import { UserError } from '../../errors.ts'
import { type Severity, severities } from '../../model.ts'
import { type Format, formats, isFormat } from '../../reporters/index.ts'
import { nearest } from '../../settings/nearest.ts'
import type { GlobalOptions } from '../context.ts'

/** Options as commander gives them. */
export interface ScanOptions extends GlobalOptions {
  stdin?: boolean
  stdinFilename?: string
  ignore: boolean
  rules: string[]
  defaultRules: boolean
  only: string[]
  skip: string[]
  minSeverity: Severity
  minConfidence: number
  include: string[]
  exclude: string[]
  allowComments: boolean
  /** A file; false for `--no-baseline`; absent for the project's own. */
  baseline?: string | false
  ignoreFile: boolean
  format: Format
  output: Output[]
  showSecrets?: boolean
  exitCode: boolean
  failOn: Severity
  strict?: boolean
  all?: boolean
  maxFileSize: number
}

/** A file to write a report to; without a format that of `--format`. */
export interface Output {
  format?: Format
  file: string
}

const GIBIBYTE = 1024 ** 3

export function addScanOptions(command: Command): Command {
  const source = 'What to scan:'
  const selecting = 'What to look for:'
  const suppressing = 'What to leave out:'
  const output = 'What to print:'
  const limits = 'Limits:'
  return command
    .argument('[path...]', 'files and directories', [])
    .addOption(new Option('--stdin', 'scan standard input').helpGroup(source))
    .addOption(
      new Option('--stdin-filename <name>', 'what standard input is called')
        .implies({ stdin: true })
        .helpGroup(source),
    )
    .addOption(new Option('--no-ignore', 'read what git ignores, too').helpGroup(source))
    .addOption(
      new Option('--include <glob>', 'only files that match (repeatable)')
        .argParser(collect)
        .default([])
        .helpGroup(source),
    )
    .addOption(
      new Option('--exclude <glob>', 'not files that match (repeatable)')
        .argParser(collect)
        .default([])
        .helpGroup(source),
    )
    .addOption(
      new Option('--rules <path>', 'add a rule file or a folder of them (repeatable)')
        .argParser(collect)
        .default([])
        .helpGroup(selecting),
    )
    .addOption(new Option('--no-default-rules', 'without the built-in rules').helpGroup(selecting))
    .addOption(
      new Option('--only <rules>', 'only these rules, by id, comma-separated')
        .argParser(collectList)
        .default([])
        .helpGroup(selecting),
    )
    .addOption(
      new Option('--skip <rules>', 'not these rules').argParser(collectList).default([]).helpGroup(selecting),
    )
    .addOption(
      new Option('--min-severity <severity>', 'from this severity up')
        .choices(severities)
        .default('low')
        .helpGroup(selecting),
    )
    .addOption(
      new Option('--min-confidence <number>', 'from this confidence (0 to 1) up')
        .argParser(parseShare)
        .default(0.5)
        .helpGroup(selecting),
    )
    .addOption(
      new Option('--no-allow-comments', 'do not honour stanch:allow and the like').helpGroup(suppressing),
    )
    .addOption(
      new Option('--no-ignore-file', 'without .stanchignore, .gitleaksignore, .betterleaksignore').helpGroup(
        suppressing,
      ),
    )
    .addOption(
      new Option('--baseline <file>', 'accepted findings (default: .stanch-baseline.jsonl)').helpGroup(
        suppressing,
      ),
    )
    .addOption(new Option('--no-baseline', 'report accepted findings as new').helpGroup(suppressing))
    .addOption(
      new Option('--format <format>', `one of ${formats.join(', ')}`)
        .argParser(parseFormat)
        .default('human')
        .helpGroup(output),
    )
    .addOption(
      new Option('-o, --output <[format:]file>', 'write a report to a file (repeatable)')
        .argParser(collectOutput)
        .default([])
        .helpGroup(output),
    )
    .addOption(new Option('--all', 'report allowed findings, too').helpGroup(output))
    .addOption(new Option('--show-secrets', 'values in clear').helpGroup(output))
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 only from this severity up')
        .choices(severities)
        .default('low')
        .helpGroup(output),
    )
    .addOption(new Option('--no-exit-code', 'exit with 0 also when secrets were found').helpGroup(output))
    .addOption(new Option('--strict', 'exit with 2 when something could not be read').helpGroup(output))
    .addOption(
      new Option('--max-file-size <bytes>', 'skip larger files; k, M, G are understood')
        .argParser(parseSize)
        .default(2 * GIBIBYTE, '2G')
        .helpGroup(limits),
    )
}

/** Options that exclude each other or go only together. */
export function checkScanOptions(paths: readonly string[], options: ScanOptions): void {
  if (options.stdin && paths.length) {
    throw new UserError(
      '--stdin and a path exclude each other',
      'Scan standard input or the path, one at a time.',
    )
  }
}

function collect(value: string, before: string[]): string[] {
  return [...before, value]
}

function collectList(value: string, before: string[]): string[] {
  return [...before, ...value.split(',').filter(Boolean)]
}

function collectOutput(value: string, before: Output[]): Output[] {
  const [format, ...rest] = value.split(':')
  if (format !== undefined && rest.length && isFormat(format))
    return [...before, { format, file: rest.join(':') }]
  return [...before, { file: value }]
}

function parseFormat(value: string): Format {
  if (isFormat(value)) return value
  const near = nearest(value, formats)
  throw new InvalidArgumentError(near ? `Did you mean ${near}?` : `Known formats: ${formats.join(', ')}.`)
}

function parseShare(value: string): number {
  const share = Number(value)
  if (value.trim() !== '' && share >= 0 && share <= 1) return share
  throw new InvalidArgumentError('Give a number from 0 to 1.')
}

/** `10M` is 10 × 2²⁰ bytes. */
function parseSize(value: string): number {
  const parts = /^(\d+(?:\.\d+)?)([kmgt]?)i?b?$/i.exec(value)
  if (!parts) throw new InvalidArgumentError('Give a number of bytes, such as 500000 or 10M.')
  return Number(parts[1]) * 1024 ** ' kmgt'.indexOf(parts[2]?.toLowerCase() || ' ')
}
