import type { HistoricFile, ProjectFacts } from '../facts.ts'
import { type HygieneRule, isSecret, listNames, secretsOf } from '../problem.ts'

export const inHistory: HygieneRule = {
  severity: 'critical',
  summary: 'a secret of an env file is in the history',
  check: project =>
    group(project.history.filter(({ keys }) => keys.some(isSecret))).flatMap(versions =>
      check(versions, project),
    ),
}

/** One problem a path, with the first commit that has the graver. */
function check(versions: readonly HistoricFile[], project: ProjectFacts) {
  const now = currentDigests(project)
  const isCurrent = ({ digest }: { digest: string }) => now.has(digest)
  const [first] = versions
  if (first === undefined) return []
  const secrets = versions.flatMap(({ keys }) => keys.filter(isSecret))
  const current = secrets.filter(isCurrent)
  const shown = current.length ? current : secrets
  const since = versions.find(({ keys }) => keys.some(key => shown.includes(key))) ?? first
  const file = project.files.find(({ path }) => path === first.path)
  // What is tracked now is another rule's, until its secrets are replaced.
  if (file?.tracked && !current.length && file.keys.some(isSecret)) return []
  const names = listNames(shown.map(({ name }) => name))
  return [
    {
      path: first.path,
      key: shown[0]?.name ?? '',
      severity: current.length ? ('critical' as const) : ('medium' as const),
      message: current.length
        ? `committed in ${since.commit.slice(0, 10)} (${since.date.slice(0, 10)}), with secrets that are still in use: ${names}`
        : `committed in ${since.commit.slice(0, 10)} (${since.date.slice(0, 10)}), with secrets in clear: ${names}`,
      fix: current.length
        ? 'Replace the secrets first; then think about purging the history (`stanch incident start`).'
        : 'Make sure that these secrets were replaced: everybody with a clone has them.',
    },
  ]
}

function group(history: readonly HistoricFile[]): HistoricFile[][] {
  const byPath = new Map<string, HistoricFile[]>()
  const oldestFirst = [...history].sort((a, b) => (a.date < b.date ? -1 : 1))
  for (const version of oldestFirst) byPath.set(version.path, [...(byPath.get(version.path) ?? []), version])
  return [...byPath.values()]
}

function currentDigests({ files }: ProjectFacts): Set<string> {
  return new Set(files.flatMap(file => secretsOf(file).map(({ digest }) => digest)))
}
