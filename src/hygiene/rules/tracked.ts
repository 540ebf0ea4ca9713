import { builderOf } from '../build-without-file.ts'
import { doubtSecrets } from '../doubt.ts'
import type { EnvFile, KeyFact, ProjectFacts, StagedFile } from '../facts.ts'
import {
  atSecrets,
  exposedFiles,
  type Found,
  type HygieneRule,
  isForDevelopment,
  isOwn,
  listNames,
  secretsOf,
  sharedKeysOf,
} from '../problem.ts'
import { ignoreInGit } from '../repair.ts'
import { tellOnce } from '../tell-once.ts'

export const tracked: HygieneRule = {
  severity: 'critical',
  summary: 'git tracks a file with secrets in clear',
  check: project => [
    ...tellFiles(
      exposedFiles(project).filter(file => file.tracked),
      secretsOf,
      file => [describeFile(file, project)],
    ),
    ...tellFiles(
      project.files.filter(({ tracked, kind }) => tracked && kind === 'plain'),
      sharedKeysOf,
      describeShared,
    ),
    ...project.staged.flatMap(file => describeStaged(file, project)),
  ],
}

/** Files that hold the same secrets, or some of them, are one problem. */
function tellFiles(
  files: readonly EnvFile[],
  keysOf: (file: EnvFile) => readonly KeyFact[],
  describe: (file: EnvFile) => Found[],
): Found[] {
  const tellings = files.flatMap(file => {
    const digests = new Set(keysOf(file).map(({ digest }) => digest))
    return describe(file).map(found => ({ digests, found }))
  })
  return tellOnce(tellings, paths => `; ${listNames(paths)} ${paths.length > 1 ? 'have' : 'has'} the same`)
}

function describeFile(file: EnvFile, { texts }: ProjectFacts): Found {
  const secrets = secretsOf(file)
  const { severity, fix } = judge(secrets, file)
  const builder = builderOf(file, texts)
  return {
    ...atSecrets(file),
    severity,
    ...doubtSecrets(secrets, file),
    message: `git tracks it, with secrets in clear: ${listNames(secrets.map(({ name }) => name))}`,
    fix: builder === undefined ? fix : `Have ${builder} do without it first, which names it. ${fix}`,
    repairs:
      builder === undefined
        ? [
            { kind: 'untrack', path: file.path },
            ...(file.ignored === 'repository' ? [] : [ignoreInGit(file)]),
          ]
        : [],
  }
}

/** Keys that are handed out on purpose; nothing says whether anything else uses them. */
function describeShared(file: EnvFile): Found[] {
  const keys = sharedKeysOf(file)
  const [first] = keys
  if (!first || secretsOf(file).length > 0) return []
  const isForAll = keys.some(key => !isForDevelopment(key, file.stage))
  return [
    {
      path: file.path,
      line: first.line,
      key: first.name,
      severity: 'medium',
      ...doubtSecrets(keys, file),
      message: `git tracks it, with keys ${isForAll ? 'that everybody has who has the project' : 'for development'}: ${listNames(keys.map(({ name }) => name))}`,
      fix: 'They protect nothing: see to it that whatever runs elsewhere has keys of its own.',
    },
  ]
}

/** What a commit would take although the working copy no longer shows it. */
function describeStaged(file: StagedFile, { files }: ProjectFacts): Found[] {
  if (file.kind !== 'plain') return []
  const copy = files.find(({ path, tracked }) => tracked && path === file.path)
  const known = new Set(copy && secretsOf(copy).map(({ digest }) => digest))
  const [first, ...others] = secretsOf(file).filter(({ digest }) => !known.has(digest))
  if (!first) return []
  const names = listNames([first, ...others].map(({ name }) => name))
  return [
    {
      path: file.path,
      key: first.name,
      ...judge([first, ...others], file),
      ...doubtSecrets([first, ...others], file),
      message: `git's index has it with secrets in clear that ${copy ? 'the working copy no longer has' : 'are gone from the folder'}: ${names}`,
      repairs: [
        { kind: 'untrack', path: file.path },
        ...(copy?.ignored === 'repository' ? [] : [ignoreInGit(copy ?? file)]),
      ],
    },
  ]
}

/** What the project makes for itself opens something only where it runs with just these keys. */
function judge(secrets: readonly KeyFact[], { stage }: StagedFile): Pick<Found, 'severity' | 'fix'> {
  const isLess = secrets.every(
    key =>
      key.classification.mode === 'test' || (isOwn(key) && !key.isInProduction && stage !== 'production'),
  )
  return {
    severity: isLess ? 'high' : 'critical',
    fix: 'Untrack it (git rm --cached), ignore it, and replace the secrets: every clone has them. `stanch incident start` leads through it.',
  }
}
