import { lstatSync, readFileSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { EnvFile } from '../../../hygiene/facts.ts'
import { isCopyName, isSealedName, isTemplateName, stageOf } from '../../../hygiene/file-names.ts'
import { baseOf } from '../../../hygiene/problem.ts'
import type { EnvReader } from './env-text.ts'
import type { IgnoreFact } from './ignore-facts.ts'

/** A larger file is none that people keep variables in. */
const LARGEST = 1024 * 1024

export interface EnvFileSource {
  path: string
  tracked: boolean
  ignore: IgnoreFact
}

/** Reads one env file; undefined for what is no file, is too large, or cannot be read. A link is looked at, not followed. */
export function readEnvFile(root: string, source: EnvFileSource, reader: EnvReader): EnvFile | undefined {
  const full = join(root, source.path)
  const status = lstatSync(full, { throwIfNoEntry: false })
  if (!status || (!status.isFile() && !status.isSymbolicLink()) || status.size > LARGEST) return undefined
  const base = baseOf(source.path)
  const reading = status.isFile() ? readText(full, reader) : undefined
  if (status.isFile() && !reading) return undefined
  const isTemplate = isTemplateName(base)
  return {
    path: source.path,
    kind: isSealedName(base) || reading?.isSealed ? 'encrypted' : isTemplate ? 'template' : 'plain',
    stage: stageOf(source.path),
    keys: reading?.keys ?? [],
    commented: reading?.commented ?? [],
    mentioned: reading?.mentioned ?? [],
    ...(reading?.isScript ? { isScript: true } : {}),
    ...(reading?.saysDefaults ? { saysDefaults: true } : {}),
    tracked: source.tracked,
    ...source.ignore,
    modified: status.mtimeMs,
    ...(process.platform === 'win32' ? {} : { mode: status.mode & 0o777 }),
    isReachable: isReachable(full),
    ...(status.isSymbolicLink() ? { link: readLink(full, root) } : {}),
    hardLinks: status.isFile() ? status.nlink : 1,
    isCopy: isCopyName(base) && !isTemplate,
  }
}

function readText(path: string, reader: EnvReader) {
  try {
    return reader.read(readFileSync(path), true)
  } catch {
    return undefined
  }
}

/** Whether every folder on the way lets others pass. */
function isReachable(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const status: Stats | undefined = statSync(folder, { throwIfNoEntry: false })
    if (!status || (status.mode & 0o011) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

function readLink(path: string, root: string): { target: string; leaves: boolean } {
  const target = readlinkSync(path)
  try {
    const inner = relative(realpathSync(root), realpathSync(path))
    return { target, leaves: inner.startsWith(`..${sep}`) || inner === '..' }
  } catch {
    return { target, leaves: false }
  }
}
