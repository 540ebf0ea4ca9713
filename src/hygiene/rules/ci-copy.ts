import { cleanPath } from '../ci-env-content.ts'
import { type CiCopy, isCiFile, readCiCopies } from '../ci-files.ts'
import type { Doubt } from '../doubt.ts'
import type { EnvFile } from '../facts.ts'
import { baseOf, exposedFiles, type Found, type HygieneRule } from '../problem.ts'

export const ciCopy: HygieneRule = {
  severity: 'high',
  summary: 'CI prints an env file or keeps it in an artefact or a cache',
  check: ({ texts, files }) =>
    [...texts].filter(([path]) => isCiFile(path)).flatMap(([path, text]) => check(path, text, files)),
}

/** Who can read an artefact has what git tracks already. */
function check(path: string, text: string, files: readonly EnvFile[]): Found[] {
  const isTracked = createTrackedTest(text, files)
  return readCiCopies(text)
    .filter(copy => !isOpen(copy, isTracked))
    .map(copy => ({
      path,
      line: copy.line,
      severity: 'high',
      ...doubtContent(copy, text, files),
      ...describe[copy.kind](copy.file),
    }))
}

/** Nothing tells that secrets are in it: GitHub hands them out by name only, and a checkout has no file that git does not track. */
function doubtContent({ file, kind, content }: CiCopy, text: string, files: readonly EnvFile[]): Doubt {
  if (/[*$]/.test(file)) return { doubt: 'nothing here says which file that is' }
  const isGitHub = /^\s*runs-on:/m.test(text)
  // `build.env` with what one job tells the next.
  const isKnown = content?.isWhole || files.some(({ path }) => baseOf(path) === baseOf(file))
  if (kind === 'kept' && !isKnown && !/^\.?env/.test(baseOf(file)))
    return { doubt: 'nothing here says what is in it' }
  if (content) {
    if (!content.isSecretive && content.copied.length === 0)
      return { doubt: 'nothing that the job writes into it is a secret' }
    return kind === 'printed' && isGitHub && content.isWhole && !fetched.test(text)
      ? { doubt: 'GitHub masks in the log what it hands out' }
      : {}
  }
  const hasSecrets = exposedFiles({ files }).some(({ path }) => baseOf(path) === baseOf(file))
  return isGitHub && !hasSecrets && !/\bsecrets\b/.test(text)
    ? { doubt: 'the workflow is given no secret' }
    : {}
}

/** What a job unwraps or has from elsewhere nobody knows to mask. */
const fetched = /\b(?:base64|jq|fromJSON|aws|gcloud|az|vault|doppler|infisical|op|openssl|gpg|sops)\b/

/** Whether what is in the file is for everybody who can read the log as well. */
function isOpen({ file, content }: CiCopy, isTracked: (written: string) => boolean): boolean {
  if (content?.isHarmless === false) return false
  return isTracked(file) || (content?.isWhole === true && content.copied.every(isTracked))
}

/** Paths count from the project's root, or from a folder that the CI file changes to. */
function createTrackedTest(text: string, files: readonly EnvFile[]): (written: string) => boolean {
  const tracked = new Set(files.filter(file => file.tracked).map(({ path }) => path))
  const named = [...text.matchAll(/(?:\bworking-directory:|\bcd)\s+([\w./"'-]{1,200})/g)]
  const folders = new Set(named.map(([, folder = '']) => cleanPath(folder).replace(/\/$/, '')))
  return written => {
    const path = cleanPath(written)
    return tracked.has(path) || [...folders].some(folder => tracked.has(`${folder}/${path}`))
  }
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
