import { isCompose, readCompose } from '../../../hygiene/compose.ts'
import { joinPath } from '../../../hygiene/join-path.ts'
import { folderOf } from '../../../hygiene/problem.ts'

/** Files that something in the project reads variables from, whatever they are called; only names that exist count. */
export function findReferencedFiles(
  texts: ReadonlyMap<string, string>,
  exists: (path: string) => boolean,
): string[] {
  const found = new Set<string>()
  for (const [path, text] of texts) {
    for (const name of namesIn(path, text)) {
      const joined = joinPath(folderOf(path), name)
      if (joined !== undefined && joined !== '' && exists(joined)) found.add(joined)
    }
  }
  return [...found]
}

function namesIn(path: string, text: string): string[] {
  if (isCompose(path)) return readCompose(text).envFiles
  if (/(?:^|\/)package\.json$/.test(path)) return fromScripts(text)
  if (/\.service$/.test(path)) return matchAll(text, /^\s*EnvironmentFile\s*=\s*-?"?([^\s"]+)/gm)
  return []
}

/** `node --env-file=X`, `dotenv -e X`, `env-cmd -f X`, `dotenvx run -f X`. */
function fromScripts(text: string): string[] {
  return matchAll(
    text,
    /(?:--env-file(?:-if-exists)?[= ]|\bdotenv(?:x run)?\s+(?:-[ef]|--env-file)[= ]|\benv-cmd\s+-f\s+)\s*([^\s"'\\;&|]+)/g,
  )
}

function matchAll(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, name]) => (name ? [name] : []))
}
