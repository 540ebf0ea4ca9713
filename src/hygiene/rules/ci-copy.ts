import { type CiCopy, isCiFile, readCiCopies } from '../ci-files.ts'
import type { HygieneRule } from '../problem.ts'

export const ciCopy: HygieneRule = {
  severity: 'high',
  summary: 'CI prints an env file or keeps it in an artefact or a cache',
  check: ({ texts }) =>
    [...texts].flatMap(([path, text]) =>
      isCiFile(path)
        ? readCiCopies(text).map(({ line, kind, file }) => ({
            path,
            line,
            severity: 'high' as const,
            ...describe[kind](file),
          }))
        : [],
    ),
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
