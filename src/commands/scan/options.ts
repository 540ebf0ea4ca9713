import { type Command, Option } from 'commander'
import { defaultArchiveLimits } from '../../archive/limits.ts'
import { UserError } from '../../errors.ts'
import { type Severity, severities } from '../../model.ts'
import { type Format, formats } from '../../reporters/index.ts'
import type { GlobalOptions } from '../context.ts'
import {
  collect,
  collectList,
  collectOutput,
  type Output,
  parseCount,
  parseFormat,
  parseSeconds,
  parseShare,
  parseSize,
} from './option-values.ts'

/** Options as commander gives them. */
export interface ScanOptions extends GlobalOptions {
  stdin?: boolean
  staged?: boolean
  history?: boolean
  range?: string
  since?: string
  branch?: string
  reachableOnly?: boolean
  incremental?: boolean
  /** A file, or `-`. */
  patch?: string
  archive?: string
  image?: string
  platform?: string
  plainHttp?: boolean
  caFile?: string
  cache?: boolean
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
  /** Why the model takes a value for a secret. */
  explain?: boolean
  exitCode: boolean
  failOn: Severity
  strict?: boolean
  all?: boolean
  /** Threads at most; absent for one a core. */
  jobs?: number
  /** Seconds for one content. */
  timeout: number
  maxFileSize: number
  maxDecodeDepth: number
  maxArchiveDepth: number
  maxArchiveEntries: number
  maxArchiveSize: number
  maxArchiveRatio: number
}

const GIBIBYTE = 1024 ** 3

export function addScanOptions(command: Command): Command {
  command.argument('[path...]', 'files and directories', [])
  for (const add of [
    addSourceOptions,
    addSelectingOptions,
    addSuppressingOptions,
    addOutputOptions,
    addLimitOptions,
  ])
    add(command)
  return command
}

export function addSourceOptions(command: Command): Command {
  const group = 'What to scan:'
  return command
    .addOption(new Option('--staged', 'what the next commit brings').helpGroup(group))
    .addOption(new Option('--history', 'every object of a git repository').helpGroup(group))
    .addOption(
      new Option('--range <a..b>', 'of the history only what these commits bring')
        .implies({ history: true })
        .conflicts('branch')
        .helpGroup(group),
    )
    .addOption(
      new Option('--since <date|commit>', 'of the history only what came later')
        .implies({ history: true })
        .helpGroup(group),
    )
    .addOption(
      new Option('--branch <ref>', 'of the history only what this branch leads to')
        .implies({ history: true })
        .helpGroup(group),
    )
    .addOption(
      new Option('--reachable-only', 'of the history only what refs and reflogs lead to')
        .implies({ history: true })
        .helpGroup(group),
    )
    .addOption(
      new Option('--incremental', 'of the history only what is new since the last complete scan')
        .implies({ history: true })
        .conflicts(['range', 'since', 'branch'])
        .helpGroup(group),
    )
    .addOption(new Option('--patch <file>', 'what a diff adds; - is standard input').helpGroup(group))
    .addOption(new Option('--archive <file>', 'what is in a zip, tar, gzip… file').helpGroup(group))
    .addOption(
      new Option('--image <ref>', 'a container image: every layer, and its configuration').helpGroup(group),
    )
    .addOption(
      new Option('--platform <platform>', 'of an image for several, as linux/arm64; or all').helpGroup(group),
    )
    .addOption(new Option('--plain-http', 'the registry speaks no TLS').helpGroup(group))
    .addOption(new Option('--ca-file <file>', 'trust these certificates of a registry, too').helpGroup(group))
    .addOption(new Option('--no-cache', 'read layers of images that were read before').helpGroup(group))
    .addOption(new Option('--stdin', 'scan standard input').helpGroup(group))
    .addOption(
      new Option('--stdin-filename <name>', 'what standard input is called')
        .implies({ stdin: true })
        .helpGroup(group),
    )
    .addOption(new Option('--no-ignore', 'read what git ignores, too').helpGroup(group))
    .addOption(
      new Option('--include <glob>', 'only files that match (repeatable)')
        .argParser(collect)
        .default([])
        .helpGroup(group),
    )
    .addOption(
      new Option('--exclude <glob>', 'not files that match (repeatable)')
        .argParser(collect)
        .default([])
        .helpGroup(group),
    )
}

export function addSelectingOptions(command: Command): Command {
  const group = 'What to look for:'
  return command
    .addOption(
      new Option('--rules <path>', 'add a rule file or a folder of them (repeatable)')
        .argParser(collect)
        .default([])
        .helpGroup(group),
    )
    .addOption(new Option('--no-default-rules', 'without the built-in rules').helpGroup(group))
    .addOption(
      new Option('--only <rules>', 'only these rules, by id, comma-separated')
        .argParser(collectList)
        .default([])
        .helpGroup(group),
    )
    .addOption(
      new Option('--skip <rules>', 'not these rules').argParser(collectList).default([]).helpGroup(group),
    )
    .addOption(
      new Option('--min-severity <severity>', 'from this severity up')
        .choices(severities)
        .default('low')
        .helpGroup(group),
    )
    .addOption(
      new Option('--min-confidence <number>', 'from this confidence (0 to 1) up')
        .argParser(parseShare)
        .default(0.5)
        .helpGroup(group),
    )
}

export function addSuppressingOptions(command: Command): Command {
  const group = 'What to leave out:'
  return command
    .addOption(new Option('--no-allow-comments', 'do not honour stanch:allow and the like').helpGroup(group))
    .addOption(
      new Option('--no-ignore-file', 'without .stanchignore, .gitleaksignore, .betterleaksignore').helpGroup(
        group,
      ),
    )
    .addOption(
      new Option('--baseline <file>', 'accepted findings (default: .stanch-baseline.jsonl)').helpGroup(group),
    )
    .addOption(new Option('--no-baseline', 'report accepted findings as new').helpGroup(group))
}

export function addOutputOptions(command: Command): Command {
  const group = 'What to print:'
  return command
    .addOption(
      new Option('--format <format>', 'of the report')
        .choices(formats)
        .argParser(parseFormat)
        .default('human')
        .helpGroup(group),
    )
    .addOption(
      new Option('-o, --output <[format:]file>', 'write a report to a file (repeatable)')
        .argParser(collectOutput)
        .default([])
        .helpGroup(group),
    )
    .addOption(new Option('--all', 'report allowed findings, too').helpGroup(group))
    .addOption(new Option('--show-secrets', 'values in clear').helpGroup(group))
    .addOption(
      new Option('--explain', 'what spoke for and against a value without a known form').helpGroup(group),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 only from this severity up')
        .choices(severities)
        .default('low')
        .helpGroup(group),
    )
    .addOption(new Option('--no-exit-code', 'exit with 0 also when secrets were found').helpGroup(group))
    .addOption(new Option('--strict', 'exit with 2 when something could not be read').helpGroup(group))
}

export function addLimitOptions(command: Command): Command {
  const group = 'Limits:'
  return command
    .addOption(
      new Option('-j, --jobs <number>', 'threads to use at most (default: one a core)')
        .argParser(parseCount)
        .helpGroup(group),
    )
    .addOption(
      new Option('--timeout <seconds>', 'search no file, or part of a large one, longer than this')
        .argParser(parseSeconds)
        .default(60)
        .helpGroup(group),
    )
    .addOption(
      new Option('--max-file-size <bytes>', 'skip larger files; k, M, G are understood')
        .argParser(parseSize)
        .default(2 * GIBIBYTE, '2G')
        .helpGroup(group),
    )
    .addOption(
      new Option('--max-archive-depth <number>', 'open archives within archives so deep; 0 opens none')
        .argParser(parseCount)
        .default(defaultArchiveLimits.depth)
        .helpGroup(group),
    )
    .addOption(
      new Option('--max-archive-size <bytes>', 'unpack so much of one archive')
        .argParser(parseSize)
        .default(defaultArchiveLimits.bytes, '4G')
        .helpGroup(group),
    )
    .addOption(
      new Option('--max-archive-entries <number>', 'read so many files of one archive')
        .argParser(parseCount)
        .default(defaultArchiveLimits.entries)
        .helpGroup(group),
    )
    .addOption(
      new Option('--max-archive-ratio <number>', 'unpack so many bytes out of one')
        .argParser(parseCount)
        .default(defaultArchiveLimits.ratio)
        .helpGroup(group),
    )
    .addOption(
      new Option('--max-decode-depth <number>', 'decode base64 and the like so many times; 0 not at all')
        .argParser(parseCount)
        .default(5)
        .helpGroup(group),
    )
}

/** Options that exclude each other or go only together. */
export function checkScanOptions(paths: readonly string[], options: ScanOptions): void {
  const sources = [
    ...(options.staged ? ['--staged'] : []),
    ...(options.history ? ['--history'] : []),
    ...(options.patch === undefined ? [] : ['--patch']),
    ...(options.archive === undefined ? [] : ['--archive']),
    ...(options.image === undefined ? [] : ['--image']),
    ...(options.stdin ? ['--stdin'] : []),
  ]
  // The path of a history is its repository.
  const [first, second = paths.length && !options.history ? 'a path' : undefined] = sources
  if (first === undefined || second === undefined) return
  throw new UserError(`${first} and ${second} exclude each other`, 'Scan one of them at a time.')
}
