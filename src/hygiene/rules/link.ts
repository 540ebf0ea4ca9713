import type { Sighting } from '../facts.ts'
import { type HygieneRule, secretsOf } from '../problem.ts'

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
    ...sightings.flatMap(({ kind, path, line, key }) => {
      const said = elsewhere(kind, key)
      if (said === undefined) return []
      return [{ path, ...(line === undefined ? {} : { line }), key, severity: 'medium' as const, ...said }]
    }),
  ],
}

function elsewhere(kind: Sighting['kind'], key: string): { message: string; fix: string } | undefined {
  switch (kind) {
    case 'stash':
      return {
        message: `a stash holds the value of ${key}`,
        fix: 'Drop the stash (git stash drop) once nobody needs it.',
      }
    case 'submodule':
      return {
        message: `a submodule, which is a repository of its own, holds the value of ${key}`,
        fix: 'Give each repository its own secret, or keep it in a vault.',
      }
    case 'worktree':
      return {
        message: `another work tree of this repository holds the value of ${key}`,
        fix: 'Remove the work tree (git worktree remove), or its env file.',
      }
    default:
      return undefined
  }
}
