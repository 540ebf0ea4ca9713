import type { HygieneRule } from '../problem.ts'
import { secretsOf } from '../problem.ts'

export const link: HygieneRule = {
  severity: 'medium',
  summary: 'the same file or value lives in another tree',
  check: ({ files, sightings }) => [
    ...files
      .filter(file => file.kind === 'plain' && (file.link?.leaves || file.hardLinks > 1))
      .map(file => ({
        path: file.path,
        severity: 'medium' as const,
        message: file.link
          ? `a link to ${file.link.target}, outside this project`
          : `the same file has ${file.hardLinks - 1} other name${file.hardLinks > 2 ? 's' : ''} on this disk${secretsOf(file).length ? ', and holds secrets in clear' : ''}`,
        fix: 'Give each project a file of its own, or keep the secrets in a vault.',
      })),
    ...sightings
      .filter(({ kind }) => kind === 'stash' || kind === 'worktree')
      .map(({ kind, path, key }) => ({
        path,
        key,
        severity: 'medium' as const,
        message:
          kind === 'stash'
            ? `a stash holds the value of ${key}`
            : `another work tree of this repository holds the value of ${key}`,
        fix:
          kind === 'stash'
            ? 'Drop the stash (git stash drop) once nobody needs it.'
            : 'Remove the work tree (git worktree remove), or its env file.',
      })),
  ],
}
