import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isCiFile } from '../../../hygiene/ci-files.ts'
import { isCompose } from '../../../hygiene/compose.ts'
import { isManifest } from '../../../hygiene/dependencies.ts'
import { isDockerfile } from '../../../hygiene/dockerfile.ts'
import { isPythonManifest } from '../../../hygiene/python/index.ts'

const LARGEST = 512 * 1024

/** The texts that say what happens to env files: read whole, because there are few. */
export function readTexts(root: string, paths: Iterable<string>): Map<string, string> {
  const texts = new Map<string, string>()
  for (const path of paths) {
    if (!isWanted(path)) continue
    const text = readSmall(join(root, path))
    if (text !== undefined) texts.set(path, text)
  }
  return texts
}

function isWanted(path: string): boolean {
  const base = path.slice(path.lastIndexOf('/') + 1)
  return (
    /^(?:package\.json|\.npmignore|\.gitignore|\.cursorignore|\.cursorindexingignore|\.geminiignore|\.aiexclude|\.codeiumignore|\.aiderignore|\.aider\.conf\.yml|opencode\.json)$/.test(
      base,
    ) ||
    /\.dockerignore$|\.service$/.test(base) ||
    isManifest(base) ||
    isPythonManifest(base) ||
    /(?:^|\/)\.claude\/settings(?:\.local)?\.json$/.test(path) ||
    isDockerfile(path) ||
    isCompose(path) ||
    isCiFile(path)
  )
}

function readSmall(path: string): string | undefined {
  try {
    const status = statSync(path)
    return status.isFile() && status.size <= LARGEST ? readFileSync(path, 'utf8') : undefined
  } catch {
    return undefined
  }
}
