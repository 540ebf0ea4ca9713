import { Chalk } from 'chalk'
import { isSecret, type Problem } from '../../../hygiene/problem.ts'
import type { Severity } from '../../../model.ts'
import { printable } from '../../../reporters/printable.ts'
import type { EnvReport, EnvReporter } from './index.ts'
import { toldProblems } from './told-problems.ts'

type Paint = InstanceType<typeof Chalk>

/** A block a file, the gravest first; advice under each problem. */
export const human: EnvReporter = (report, { color }) => {
  const paint = new Chalk({ level: color ? 1 : 0 })
  const problems = toldProblems(report)
  const paths = [...new Set(problems.map(({ path }) => path))]
  const blocks = paths.map(path => describeFile(path, { ...report, problems }, paint))
  const untold = report.problems.length - problems.length
  return (
    [...blocks, summarise({ ...report, problems }, paint)].join('\n') +
    (untold ? `${untold} more in doubt: --all shows ${untold === 1 ? 'it' : 'them'}.\n` : '') +
    report.histories.map(describeGap).join('')
  )
}

function describeFile(path: string, { files, problems }: EnvReport, paint: Paint): string {
  const file = files.find(known => known.path === path)
  const heading = `${paint.bold(printable(path))}${file ? `  ${paint.dim(describeState(file))}` : ''}`
  const own = problems.filter(problem => problem.path === path)
  return [heading, ...own.flatMap(problem => describeProblem(problem, paint)), ''].join('\n')
}

function describeState({
  stage,
  kind,
  tracked,
  ignored,
  keys,
  isInRepository,
}: EnvReport['files'][number]): string {
  const secrets = keys.filter(isSecret).length
  const madeUp = keys.filter(({ classification }) => classification.class === 'secret').length - secrets
  const state = tracked ? 'tracked' : ignored === 'no' ? 'not ignored' : 'ignored'
  return [
    kind === 'plain' ? stage : kind,
    ...(isInRepository ? [state] : []),
    `${keys.length} ${keys.length === 1 ? 'key' : 'keys'}, ${secrets} secret${madeUp ? `, ${madeUp} made up` : ''}`,
  ].join(', ')
}

function describeProblem({ rule, severity, line, message, fix, doubt }: Problem, paint: Paint): string[] {
  const place = line === undefined ? '' : `line ${line}: `
  return [
    `  ${paintSeverity(severity, paint)}  ${place}${printable(message)}  ${paint.dim(rule)}`,
    `            ${paint.dim(printable(fix))}`,
    ...(doubt === undefined ? [] : [`            ${paint.dim(`In doubt: ${printable(doubt)}.`)}`]),
  ]
}

function paintSeverity(severity: Severity, paint: Paint): string {
  const text = severity.padEnd(8)
  if (severity === 'critical') return paint.bgRed.white(text)
  if (severity === 'high') return paint.red(text)
  return severity === 'medium' ? paint.yellow(text) : paint.blue(text)
}

/** What of the history was not looked at, if anything was not. */
function describeGap({ root, commits, since, lacking, unread }: EnvReport['histories'][number]): string {
  const place = root === '.' ? 'the history' : `the history of ${printable(root)}`
  const lines = [
    ...(since === undefined
      ? []
      : [
          `the newest ${commits} commits were compared, since ${since.slice(0, 10)}; --whole-history compares all, once.`,
        ]),
    ...(lacking === 0
      ? []
      : [
          `${lacking} commits were not compared: this partial clone lacks their folders, and nothing is fetched.`,
        ]),
    ...(unread === 0
      ? []
      : [`${unread} versions of env files were not read: too many, too large, or not in this clone.`]),
  ]
  return lines.map(line => `Of ${place} ${line}\n`).join('')
}

function summarise({ files, problems }: EnvReport, paint: Paint): string {
  const read = files.length === 1 ? '1 env file' : `${files.length} env files`
  if (problems.length === 0) return `${paint.green('Nothing to mend.')} ${read} read.\n`
  const counts = (['critical', 'high', 'medium', 'low'] as const).flatMap(severity => {
    const count = problems.filter(problem => problem.severity === severity).length
    return count ? [`${count} ${severity}`] : []
  })
  const found = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  return `${paint.bold(found)} (${counts.join(', ')}). ${read} read.\n`
}
