import { cleanPath } from '../ci-env-content.ts'
import { type CiCopy, isCiFile, readCiCopies } from '../ci-files.ts'
import type { EnvFile } from '../facts.ts'
import type { HygieneRule } from '../problem.ts'

export const ciCopy: HygieneRule = {
  severity: 'high',
  summary: 'CI prints an env file or keeps it in an artefact or a cache',
  // Who can read an artefact has what git tracks already.
  check: ({ texts, files }) =>
    [...texts].flatMap(([path, text]) =>
      isCiFile(path)
        ? readCiCopies(text)
            .filter(copy => !isOpen(copy, files))
            .map(({ line, kind, file }) => ({
              path,
              line,
              severity: 'high' as const,
              ...describe[kind](file),
            }))
        : [],
    ),
}

/** Whether what is in the file is for everybody who can read the log as well. */
function isOpen({ file, content }: CiCopy, files: readonly EnvFile[]): boolean {
  if (content?.isHarmless === false) return false
  return (
    isTracked(file, files) ||
    (content?.isWhole === true && content.copied.every(source => isTracked(source, files)))
  )
}

function isTracked(written: string, files: readonly EnvFile[]): boolean {
  const wanted = cleanPath(written)
  return files.some(({ path, tracked }) => tracked && path === wanted)
}

const describe: Record<CiCopy['kind'], (file: string) => { message: string; fix: string }> = {
  printed: file => ({
    message: `prints ${file} to the log, where masking knows whole values at best`,
    fix: 'Take the line out, and replace what was printed.',
  }),
  kept: file => ({
    message: `keeps ${file} in an artefact or a cache, for all who may read those`,
    fix: 'Leave it out; make it anew where it is needed.',
  }),
  encoded: file => ({
    message: `encodes ${file} as base64, which hides it from the log's masking`,
    fix: "Keep the variables one by one in the CI system's secrets, or in a vault.",
  }),
}
