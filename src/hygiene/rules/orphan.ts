import { doubtSecrets } from '../doubt.ts'
import type { EnvFile, ProjectFacts } from '../facts.ts'
import { atSecrets, exposedFiles, type HygieneRule, isSecret, secretsOf } from '../problem.ts'

const LONG = 180
const DAY = 24 * 60 * 60 * 1000

export const orphan: HygieneRule = {
  severity: 'medium',
  summary: 'nothing reads it any more, but its secrets are good',
  check: project =>
    exposedFiles(project)
      .filter(({ isCopy, tracked }) => !isCopy && !tracked)
      .flatMap(file => {
        const why = explain(file, project)
        if (why === undefined) return []
        return [
          {
            ...atSecrets(file),
            ...doubtSecrets(secretsOf(file), file),
            severity: 'medium' as const,
            message: `${why}, but it holds secrets in clear`,
            fix: 'Revoke its secrets and delete it, or move them to a vault.',
          },
        ]
      }),
}

function explain(file: EnvFile, { searched, loaders, lastCommit, now }: ProjectFacts): string | undefined {
  if (searched && loaders.length === 0) return 'nothing in the project loads an env file'
  const hasProviders = file.keys.some(
    key =>
      isSecret(key) && key.classification.provider !== 'generic' && key.classification.provider !== undefined,
  )
  if (lastCommit === undefined || !hasProviders) return undefined
  const days = Math.floor((now - Math.max(lastCommit, file.modified)) / DAY)
  return days > LONG ? `untouched for ${days} days, as is the project` : undefined
}
