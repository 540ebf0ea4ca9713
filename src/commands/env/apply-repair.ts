import { chmodSync, lstatSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { decodeBytes, parse } from '../../dotenv/parse.ts'
import { print } from '../../dotenv/print.ts'
import { UserError } from '../../errors.ts'
import { runGit } from '../../git/run-git.ts'
import type { Repair } from '../../hygiene/repair.ts'
import { writeFileAtomically } from '../../system/write-file-atomically.ts'

/** Makes one change. Made a second time, it changes nothing. @throws UserError that names the file */
export async function applyRepair(root: string, repair: Repair): Promise<void> {
  checkInside(root, repair.path)
  switch (repair.kind) {
    case 'untrack':
      return untrack(root, repair.path)
    case 'chmod':
      return attempt(repair.path, () => chmodSync(join(root, repair.path), repair.mode))
    case 'ignore':
      return rewrite(root, repair.path, text => addLines(text, [repair.line]))
    case 'name-keys':
      return rewrite(root, repair.path, text =>
        addLines(
          text,
          repair.keys.map(key => `${key}=`),
        ),
      )
    case 'blank':
      return rewrite(root, repair.path, text => blank(text, repair.key, repair.line))
  }
}

async function untrack(root: string, path: string): Promise<void> {
  const { code, stderr } = await runGit(root, [
    '--literal-pathspecs',
    'rm',
    '--cached',
    '--force',
    '--quiet',
    '--',
    path,
  ])
  if (code !== 0 && !/did not match any files/.test(stderr))
    throw new UserError(`git could not untrack "${path}"`, 'Run "git rm --cached" on it to see why.')
}

/** Lines that are not there yet, with the file's own line ends. */
function addLines(bytes: Buffer, lines: readonly string[]): Buffer {
  const text = bytes.toString('latin1')
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const known = new Set(text.split(/\r?\n/))
  const fresh = lines.map(line => Buffer.from(line).toString('latin1')).filter(line => !known.has(line))
  if (fresh.length === 0) return bytes
  const before = text === '' || text.endsWith('\n') ? text : text + eol
  return Buffer.from(before + fresh.map(line => line + eol).join(''), 'latin1')
}

function blank(bytes: Buffer, key: string, line: number): Buffer {
  return print(
    parse(bytes).map(token =>
      token.kind === 'entry' && token.line === line && decodeBytes(token.key) === key
        ? { ...token, value: '' }
        : token,
    ),
  )
}

function rewrite(root: string, path: string, change: (bytes: Buffer) => Buffer): void {
  attempt(path, () => {
    const full = join(root, path)
    const status = lstatSync(full, { throwIfNoEntry: false })
    if (status && !status.isFile()) throw new Error('not a file')
    const before = status ? readFileSync(full) : Buffer.alloc(0)
    const after = change(before)
    if (!after.equals(before)) writeFileAtomically(full, after, status ? status.mode & 0o777 : 0o666)
  })
}

/** A folder on the way may be a link that leaves the project. */
function checkInside(root: string, path: string): void {
  const inner = relative(realpathSync(root), realpathSync(dirname(join(root, path))))
  if (inner === '..' || inner.startsWith(`..${sep}`))
    throw new UserError(`"${path}" lies outside the project`, 'Mend it by hand.')
}

function attempt(path: string, action: () => void): void {
  try {
    action()
  } catch (error) {
    throw new UserError(
      `cannot change "${path}"`,
      'Check that it is a plain file and that you may write it.',
      { cause: error },
    )
  }
}
