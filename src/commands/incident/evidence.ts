import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { UserError } from '../../errors.ts'
import type { EvidenceFile } from '../../incident/journal/entry.ts'
import type { Incident } from '../../incident/journal/incident.ts'
import { printable } from '../../reporters/printable.ts'
import { readAll } from '../../sources/stdin.ts'
import { writeFileAtomically } from '../../system/write-file-atomically.ts'
import type { Context } from '../context.ts'
import type { IncidentFolder } from './incident-store.ts'
import { maskSecrets } from './mask-secrets.ts'

export interface Evidence {
  text?: string
  file?: EvidenceFile
  /** Secrets that were masked in it. */
  masked: number
}

/** Larger files are known by their hash alone. */
const MOST_BYTES = 4 * 1024 * 1024

/**
 * A text, `@FILE`, or `@-` for standard input. Of a file the hash counts; of a text file a copy without secrets is kept.
 * @throws UserError for a file that cannot be read
 */
export async function readEvidence(
  given: string | undefined,
  folder: IncidentFolder,
  incident: Incident,
  context: Context,
): Promise<Evidence> {
  if (given === undefined) return { masked: 0 }
  if (given.startsWith('@')) return readEvidenceFile(given.slice(1), folder, incident, context)
  const { text, masked } = await maskSecrets(given, incident.finding, context)
  return { text, masked }
}

async function readEvidenceFile(
  name: string,
  folder: IncidentFolder,
  incident: Incident,
  context: Context,
): Promise<Evidence> {
  const bytes = name === '-' ? await readAll(context.stdin) : readFile(resolve(context.cwd, name), name)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const shown = name === '-' ? 'standard input' : printable(basename(name))
  const file = { name: shown, sha256, bytes: bytes.length, masked: 0 }
  if (bytes.length > MOST_BYTES || bytes.includes(0)) return { file, masked: 0 }
  const { text, masked } = await maskSecrets(bytes.toString('utf8'), incident.finding, context)
  const copy = join('evidence', `${sha256.slice(0, 16)}.txt`)
  mkdirSync(join(folder.path, 'evidence'), { recursive: true, mode: 0o770 })
  writeFileAtomically(join(folder.path, copy), text, 0o660)
  return { file: { ...file, copy, masked }, masked }
}

function readFile(path: string, shown: string): Buffer {
  try {
    if (statSync(path).isFile()) return readFileSync(path)
  } catch (error) {
    throw new UserError(`cannot read the evidence "${shown}"`, 'Check the path behind @.', { cause: error })
  }
  throw new UserError(`the evidence "${shown}" is no file`, 'Name a file behind @, or @- for standard input.')
}
