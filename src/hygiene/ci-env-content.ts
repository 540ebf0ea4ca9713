/** What a job's own lines put into an env file. */
import { isForBrowsers } from './browser-names.ts'
import type { Job } from './ci-jobs.ts'

export interface EnvContent {
  /** Files that it is a copy of, as written. */
  copied: readonly string[]
  /** Whether what the job writes into it itself stands in the CI file, tells of the build, or is for browsers. */
  isHarmless: boolean
  /** Whether nothing else may write into it. */
  isWhole: boolean
  /** Whether something that is called a secret, or that nobody knows, comes into it. */
  isSecretive: boolean
}

/** Nobody writes so many env files; of more nothing is believed, as each is looked for in all lines of its job. */
const MOST_FILES = 50
const unknown: EnvContent = { copied: [], isHarmless: false, isWhole: false, isSecretive: true }

/** Answers what is in an env file of a job; undefined where nothing says so. */
export function createContentReader(): (job: Job, file: string) => EnvContent | undefined {
  const known = new Map<Job, Map<string, EnvContent | undefined>>()
  const linesOf = new Map<Job, readonly JobLine[]>()
  let count = 0
  return (job, written) => {
    const file = cleanPath(written)
    const ofJob = known.get(job) ?? new Map<string, EnvContent | undefined>()
    known.set(job, ofJob)
    if (!ofJob.has(file)) ofJob.set(file, ++count > MOST_FILES ? unknown : readContent(lines(job), file))
    return ofJob.get(file)
  }

  function lines(job: Job): readonly JobLine[] {
    const before = linesOf.get(job) ?? job.map(readLine)
    linesOf.set(job, before)
    return before
  }
}

function readContent(job: readonly JobLine[], file: string): EnvContent | undefined {
  const writings = [...readWritings(job, file)]
  if (writings.every(({ kind }) => kind === 'none')) return undefined
  return {
    copied: writings.flatMap(writing => (writing.kind === 'copy' ? writing.sources : [])),
    isHarmless: writings.every(({ text }) => isHarmless(text)),
    isWhole: writings.every(({ kind }) => kind !== 'unknown'),
    isSecretive: writings.some(({ kind, text }) => kind === 'unknown' || secretive.test(text)),
  }
}

const secretive = /\bsecrets\b|\$\{?\w*(?:TOKEN|SECRET|KEY|PASS|CREDENTIAL|ENV)|\$\(|`/i

export function cleanPath(written: string): string {
  return written.replace(/^["']|["']$/g, '').replace(/^\.\//, '')
}

/** What a command does to the file; `text` is what it may write into it. */
type Writing = { text: string } & (
  | { kind: 'none' | 'text' | 'unknown' }
  | { kind: 'copy'; sources: readonly string[] }
)

/** A line, and the commands in it with their words. */
interface JobLine {
  text: string
  /** Whether it has an action write env files. */
  isAction: boolean
  commands: readonly { command: string; words: ReadonlySet<string> }[]
}

function readLine(text: string): JobLine {
  const isAction = /^\s*(?:-\s+)?uses:\s*\S*env/i.test(text)
  const isSilent = isAction || /^\s*(?:#|\/\/|(?:-\s+)?name:)/.test(text)
  const commands = isSilent ? [] : commandsOf(text)
  return { text, isAction, commands: commands.map(command => ({ command, words: wordsOf(command) })) }
}

function* readWritings(job: readonly JobLine[], file: string): Generator<Writing> {
  let end: string | undefined
  for (const { text, isAction, commands } of job) {
    if (end !== undefined) {
      if (text.trim() === end) end = undefined
      else yield { kind: 'text', text }
    } else if (isAction) yield { kind: 'unknown', text: '' }
    else {
      const own = commands.filter(({ words }) => words.has(file)).map(({ command }) => command)
      yield* own.map(command => readCommand(command, file))
      const opened = own.flatMap(command => /<<-?\s*["']?(\w+)/.exec(command)?.[1] ?? [])
      end = opened.at(-1)
    }
  }
}

function commandsOf(line: string): string[] {
  return line
    .replace(/^\s*(?:-\s+)?(?:(?:run|script|sh|bash|command):?\s+)?(?:-\s+)?/, '')
    .split(/&&|\|\||;/)
    .map(command => command.trim().replace(/^["'](.*)["'],?$/, '$1'))
}

function wordsOf(command: string): Set<string> {
  return new Set(command.split(/[\s=<>:,()]+/).map(cleanPath))
}

function readCommand(command: string, file: string): Writing {
  const none = { kind: 'none', text: '' } as const
  const [, writer = command, target] = /^([^>]*)>{1,2}\s*(\S+)/.exec(command) ?? []
  const before = writer.trimEnd()
  const isTarget = target !== undefined && cleanPath(target) === file
  const [program = '', ...words] = before.replace(/^sudo\s+/, '').split(/\s+/)
  const names = words.filter(word => word !== '' && !word.startsWith('-')).map(cleanPath)
  if (/^(?:cp|mv)$/.test(program))
    return names.at(-1) === file ? { kind: 'copy', sources: names.slice(0, -1), text: '' } : none
  if (command.includes('<<') && /^(?:cat|tee)$/.test(program)) return none
  if (isTarget) {
    if (program === 'cat' && names.length > 0) return { kind: 'copy', sources: names, text: '' }
    return { kind: /^(?:echo|printf)$/.test(program) ? 'text' : 'unknown', text: before }
  }
  if (program === 'sed' && /\s-i/.test(before)) return { kind: 'text', text: before }
  return isReader(command) ? none : { kind: 'unknown', text: '' }
}

/** What only reads a file, or is a list's item that names it. */
function isReader(command: string): boolean {
  return (
    /^(?:cat|less|more|head|tail|bat|type|base64|echo|test|\[|if|ls|source|\.|grep|rm|touch|chmod|wc|key:|paths?:)(?:\s|$)/.test(
      command,
    ) ||
    /--env-file[ =]/.test(command) ||
    !/\s/.test(command)
  )
}

/** Nothing in the text is filled in but what tells of the build, or all its variables go to browsers. */
function isHarmless(text: string): boolean {
  const names = [...text.matchAll(/(?<![\w$-])([A-Za-z_]\w*)=/g)].map(([, name = '']) => name)
  if (names.length > 0 && names.every(isForBrowsers)) return true
  const filled = text.replace(
    /\$\{\{\s*(?:github|steps|matrix|runner|inputs|needs|vars)\.(?!token)[\w.-]+(?:\[[\w'"-]{1,60}\])?\s*\}\}|\$\{?(?:GITHUB_(?!TOKEN)|RUNNER_|CI_COMMIT_|CI_PIPELINE_)\w+\}?/g,
    '',
  )
  return !/\$(?=[\w({])|`/.test(filled)
}
