import { doubtSecrets } from '../doubt.ts'
import type { EnvFile, KeyFact, ProjectFacts } from '../facts.ts'
import { exposedFiles, type HygieneRule, isForTests, isSecret, listNames, secretsOf } from '../problem.ts'

const DAY = 24 * 60 * 60 * 1000

export const staleAge: HygieneRule = {
  severity: 'medium',
  summary: 'a secret is older than its rotation period, or has ended',
  check: project => [
    ...project.files
      .filter(file => file.kind === 'plain' && !file.isCopy && !isForTests(file))
      .flatMap(file => checkEnds(file, project)),
    ...exposedFiles(project)
      .filter(({ isCopy }) => !isCopy)
      .flatMap(file => checkAge(file, project)),
  ],
}

function checkEnds(file: EnvFile, { now }: ProjectFacts) {
  return file.keys
    .filter(({ ends = Infinity }) => ends < now)
    .map(key => ({
      path: file.path,
      line: key.line,
      key: key.name,
      severity: 'medium' as const,
      ...doubtSecrets([key], file),
      message: `${key.name} ended on ${new Date(key.ends ?? 0).toISOString().slice(0, 10)}`,
      fix: 'Take it out, or put the new one in its place.',
    }))
}

/** A value that has its own end is judged by that. */
function checkAge(file: EnvFile, project: ProjectFacts) {
  const old = secretsOf(file).filter(
    key => isSecret(key) && key.ends === undefined && ageOf(key, file, project) > periodOf(key, project),
  )
  const [oldest] = [...old].sort((a, b) => ageOf(b, file, project) - ageOf(a, file, project))
  if (!oldest) return []
  const names = listNames(old.map(({ name }) => name))
  return [
    {
      path: file.path,
      line: oldest.line,
      key: oldest.name,
      severity: 'medium' as const,
      ...doubtSecrets(old, file),
      message: `unchanged for ${ageOf(oldest, file, project)} days, where ${periodOf(oldest, project)} are the most: ${names}`,
      fix: 'Replace them. --max-age DAYS sets the period for secrets whose provider names none.',
    },
  ]
}

function periodOf({ rotationDays }: KeyFact, { maxAgeDays }: ProjectFacts): number {
  return rotationDays ?? maxAgeDays
}

/** Days since the value was first seen; a file that was written since then says nothing about its values. */
function ageOf({ firstSeen }: KeyFact, { modified }: EnvFile, { now }: ProjectFacts): number {
  return Math.floor((now - Math.min(firstSeen ?? modified, modified)) / DAY)
}
