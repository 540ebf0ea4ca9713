/** What a CI file does with env files, read line by line: CI systems' YAML dialects differ, their habits do not. */
import { createContentReader, type EnvContent } from './ci-env-content.ts'
import { jobsOf } from './ci-jobs.ts'
import { isEnvName, isTemplateName } from './file-names.ts'
import { baseOf } from './problem.ts'

export interface CiCopy {
  line: number
  kind: 'printed' | 'kept' | 'encoded'
  /** As written. */
  file: string
  /** What its job puts into the file; undefined where nothing says so. */
  content: EnvContent | undefined
}

export function isCiFile(path: string): boolean {
  return /(?:^|\/)(?:\.github\/(?:workflows|actions)\/.*\.ya?ml|\.gitlab-ci(?:\.[\w-]+)?\.ya?ml|\.circleci\/config\.ya?ml|azure-pipelines.*\.ya?ml|bitbucket-pipelines\.ya?ml|\.travis\.ya?ml|\.drone\.ya?ml|\.woodpecker.*\.ya?ml|buildspec.*\.ya?ml|cloudbuild.*\.ya?ml|Jenkinsfile|\.buildkite\/.*\.ya?ml)$/.test(
    path,
  )
}

export function readCiCopies(text: string): CiCopy[] {
  const found: CiCopy[] = []
  const isKept = createKeptReader()
  const lines = text.split(/\r?\n/)
  const jobs = jobsOf(lines)
  const gathered = linesOfGroups(lines)
  const readContent = createContentReader()
  for (const [index, line] of lines.entries()) {
    const kept = isKept(line)
    if (/^\s*(?:#|\/\/)/.test(line)) continue
    for (const { kind, file } of [
      ...(gathered.has(index) ? [] : readCommands(line)),
      ...(kept ? [{ kind: 'kept' as const, file: kept }] : []),
    ])
      if (isReal(file)) found.push({ line: index + 1, kind, file, content: readContent(jobs[index]!, file) })
  }
  return found
}

/** Lines of commands whose output together goes into a file or another program: `{`, `cat .env`, `} > .env.local`. */
function linesOfGroups(lines: readonly string[]): Set<number> {
  const gathered = new Set<number>()
  const starts: number[] = []
  for (const [index, line] of lines.entries()) {
    if (/^\s*(?:-\s+)?(?:run:\s*)?[{(]\s*$/.test(line)) starts.push(index)
    const end = /^\s*[})]\s*([>|])?/.exec(line)
    const start = end ? starts.pop() : undefined
    if (start === undefined || !end?.[1]) continue
    for (let inside = start + 1; inside < index; inside++) gathered.add(inside)
  }
  return gathered
}

/** `cat .env` to the log; what goes into a file or another program is not printed. */
function* readCommands(line: string): Generator<{ kind: 'printed' | 'encoded'; file: string }> {
  const printed =
    /(?:^|[\s;&|"'`-])(?:cat|more|less|head|tail|bat|type)\s+(?:-\w+\s+)*["']?([\w./~${}-]{0,200}env[\w.-]{0,200})["']?\s*(?:$|;|&&|\|\||["'`]\s*,?\s*$)/.exec(
      line,
    )
  if (printed) yield { kind: 'printed', file: printed[1] ?? '' }
  const encoded =
    /\bbase64\s+(?:-(?!d\b|-decode)\S+\s+(?:\d+\s+)?)*["']?([\w./~${}-]{0,200}env[\w.-]{0,200})/.exec(line)
  if (encoded) yield { kind: 'encoded', file: encoded[1] ?? '' }
}

/** Follows the lists of paths that GitHub's artefact and cache actions and GitLab's `artifacts:` and `cache:` take. */
function createKeptReader(): (line: string) => string | undefined {
  let step: number | undefined
  let paths: number | undefined
  return line => {
    if (line.trim() === '') return undefined
    const indent = line.search(/\S/)
    const isItem = /^\s*-\s/.test(line)
    if (paths !== undefined && (indent < paths || (indent === paths && !isItem))) paths = undefined
    if (step !== undefined && indent < step) step = undefined
    const opens =
      /^\s*(?:-\s+)?uses:\s*["']?actions\/(?:upload-artifact|cache)\b/.test(line) ||
      /^\s*(?:artifacts|cache|store_artifacts|persist_to_workspace|save_cache):\s*$/.test(line)
    if (opens) step = indent
    else if (
      step !== undefined &&
      isItem &&
      indent <= step &&
      paths === undefined &&
      /uses:|run:|name:/.test(line)
    )
      step = undefined
    if (step === undefined) return undefined
    const path = /^\s*(?:-\s+)?(?:path|paths):\s*(.*)$/.exec(line)
    if (path) {
      paths = indent
      return readPath(path[1] ?? '')
    }
    return paths === undefined ? undefined : readPath(line.replace(/^\s*-\s*/, ''))
  }
}

function readPath(text: string): string | undefined {
  const path = text.trim().replace(/^["']|["']$/g, '')
  return /env/.test(path) && !/^[|>!]/.test(path) && !/\s/.test(path) ? path : undefined
}

function isReal(file: string): boolean {
  const base = baseOf(file)
  return isEnvName(base) && !isTemplateName(base)
}
