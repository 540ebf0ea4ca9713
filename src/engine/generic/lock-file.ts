const lockFile =
  /(?:^|[/!])(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|composer\.lock|Gemfile\.lock|gems\.locked|Podfile\.lock|Cargo\.lock|poetry\.lock|pdm\.lock|uv\.lock|Pipfile\.lock|mix\.lock|pubspec\.lock|flake\.lock|yarn\.lock|go\.(?:work\.)?sum|Package\.resolved|packages\.lock\.json|gradle\.lockfile|Chart\.lock|\.terraform\.lock\.hcl)$|\.lock$/i

let last = { path: '', isLock: false }

/** Files that a package manager writes: names of packages and digests, which look like keys and their values. */
export function isLockFile(path: string): boolean {
  // A file's candidates come one after the other.
  if (last.path !== path) last = { path, isLock: lockFile.test(path) }
  return last.isLock
}
