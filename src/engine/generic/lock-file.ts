const lockFiles = new Set(
  (
    'package-lock.json npm-shrinkwrap.json pnpm-lock.yaml bun.lockb gems.locked go.sum go.work.sum package.resolved packages.lock.json ' +
    'gradle.lockfile .terraform.lock.hcl'
  ).split(' '),
)

let last = { path: '', isLock: false }

/** Files that a package manager writes: names of packages and digests, which look like keys and their values. */
export function isLockFile(path: string): boolean {
  // A file's candidates come one after the other.
  if (last.path !== path) last = { path, isLock: isLock(path.toLowerCase()) }
  return last.isLock
}

function isLock(path: string): boolean {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('!')) + 1)
  return name.endsWith('.lock') || lockFiles.has(name)
}
