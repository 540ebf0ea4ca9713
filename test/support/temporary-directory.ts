import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A fresh directory with these files, removed when the test ends. */
export function makeDirectory(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'stanch-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  writeFiles(directory, files)
  return directory
}

export function writeFiles(directory: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    writeFileSync(join(directory, name), content)
  }
}

/** The same as a git repository in which nothing is added yet. */
export function makeRepository(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const directory = makeDirectory(files)
  git(directory, 'init', '-q', '-b', 'main')
  git(directory, 'config', 'user.name', 'Ada Test')
  git(directory, 'config', 'user.email', 'ada@test.invalid')
  git(directory, 'config', 'commit.gpgsign', 'false')
  return directory
}

/** Runs git and answers with what it printed; fails loudly. */
export function git(directory: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
  return stdout
}
