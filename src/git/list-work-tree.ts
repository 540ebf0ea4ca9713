import { runGit } from './run-git.ts'

/** A name as git prints it: bytes, relative to the listed directory. A directory ends with a slash. */
export interface ListedName {
  bytes: Buffer
  tracked: boolean
}

export interface WorkTreeListing {
  names: ListedName[]
  /** Ignored files, and ignored directories as one entry that ends with a slash. */
  ignored: Buffer[]
}

/**
 * Files of the work tree below `directory`: tracked ones, and untracked ones that no ignore rule names.
 * Undefined where there is no work tree or no git.
 * @param own variables that name another index, as git does for its hooks
 */
export async function listWorkTree(
  directory: string,
  withIgnored: boolean,
  own: NodeJS.ProcessEnv = {},
): Promise<WorkTreeListing | undefined> {
  const exclude = withIgnored ? [] : ['--exclude-standard']
  const [tracked, untracked, ignored] = await Promise.all([
    list(directory, ['--cached', '--stage'], own),
    list(directory, ['--others', ...exclude], own),
    withIgnored ? [] : list(directory, ['--others', '--ignored', '--exclude-standard', '--directory'], own),
  ])
  if (!tracked || !untracked || !ignored) return undefined
  const names = dedupe(tracked.map(nameOfEntry)).map(bytes => ({ bytes, tracked: true }))
  return { names: [...names, ...untracked.map(bytes => ({ bytes, tracked: false }))], ignored }
}

async function list(
  directory: string,
  options: readonly string[],
  own: NodeJS.ProcessEnv,
): Promise<Buffer[] | undefined> {
  const { code, stdout } = await runGit(directory, ['ls-files', '-z', ...options], own)
  return code === 0 ? splitNames(stdout) : undefined
}

function splitNames(output: Buffer): Buffer[] {
  const names: Buffer[] = []
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf(0, start)
    if (end < 0) break
    names.push(output.subarray(start, end))
    start = end + 1
  }
  return names
}

const SLASH = Buffer.from('/')

/** `160000 <object> <stage>\t<path>` is a submodule: a directory. */
function nameOfEntry(entry: Buffer): Buffer {
  const name = entry.subarray(entry.indexOf(9) + 1)
  return entry.toString('latin1', 0, 6) === '160000' ? Buffer.concat([name, SLASH]) : name
}

/** A path with several stages (a merge conflict) is listed once a stage. */
function dedupe(names: readonly Buffer[]): Buffer[] {
  return names.filter((name, i) => i === 0 || !name.equals(names[i - 1] ?? Buffer.alloc(0)))
}
