import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { cliPath } from './run-cli.ts'
import { git, makeDirectory, makeRepository, writeFiles } from './temporary-directory.ts'
import { makeToken } from './tokens.ts'

/** A project with secrets in its old history, in a branch and in a message; as on the server. */
export interface Project {
  directory: string
  base: string
  head: string
}

/** Token 1 is in the old history of main, 2 in the branch `topic`. */
export function makeProject(): Project {
  const directory = makeRepository()
  const commit = (files: Record<string, string>) => {
    writeFiles(directory, files)
    git(directory, 'add', '-A')
    git(directory, 'commit', '-qm', 'change')
    return git(directory, 'rev-parse', 'HEAD').trim()
  }
  commit({ 'old.txt': `key = ${makeToken(1)}\n` })
  const base = commit({ 'old.txt': 'clean\n' })
  git(directory, 'checkout', '-qb', 'topic')
  const head = commit({ 'new.txt': `key = ${makeToken(2)}\n` })
  git(directory, 'checkout', '-q', 'main')
  return { directory, base, head }
}

/** A runner's clone of a branch, as CI services make it. */
export function checkOut({ directory }: Project, branch: string, ...options: string[]): string {
  const clone = join(makeDirectory(), 'clone')
  git(makeDirectory(), 'clone', '-q', '--branch', branch, ...options, `file://${directory}`, clone)
  return clone
}

/** Folder with an `npx` that runs what we built in place of the published package, and `stanch` itself. */
export function makePrograms(): string {
  const directory = makeDirectory({
    npx: `#!/bin/sh\n[ "$1" = --yes ] && case "$2" in stanch | stanch@*) shift 2; exec "${process.execPath}" "${cliPath}" "$@" ;; esac\nexit 127\n`,
    stanch: `#!/bin/sh\nexec "${process.execPath}" "${cliPath}" "$@"\n`,
  })
  for (const name of ['npx', 'stanch']) chmodSync(join(directory, name), 0o755)
  return directory
}

export function runShell(script: string, cwd: string, variables: NodeJS.ProcessEnv, shell = 'bash') {
  const { CI, FORCE_COLOR, NODE_EXTRA_CA_CERTS, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(shell, ['-e', '-c', script], {
    cwd,
    env: {
      ...env,
      NO_COLOR: '1',
      ...variables,
      PATH: `${makePrograms()}${delimiter}${process.env.PATH}`,
    },
    encoding: 'utf8',
  })
  return { code: status, stdout, stderr }
}
