import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { HomeFact } from '../../../hygiene/facts.ts'
import { listBelow, readSmall } from './list-below.ts'
import type { ValueFinder } from './value-finder.ts'

const folders = [
  '.claude/projects',
  '.codex/sessions',
  '.gemini/tmp',
  '.aider',
  '.continue/sessions',
  '.local/share/opencode',
]
/** The newest are read, up to this many bytes. */
const MOST_BYTES = 256 * 1024 * 1024

/** Conversations of agents that hold a value: what an agent read, it kept and sent away. */
export function findTranscripts(home: string, findValues: ValueFinder): HomeFact[] {
  let left = MOST_BYTES
  return newestFirst(folders.flatMap(folder => listBelow(join(home, folder), 3))).flatMap(
    ({ path, size }): HomeFact[] => {
      left -= size
      const [first] = left < 0 ? [] : findValues(readSmall(path, 64 * 1024 * 1024) ?? '')
      if (!first) return []
      return [
        {
          rule: 'ai-agent',
          path,
          line: first.line,
          key: first.key,
          message: `an agent's transcript holds the value of ${first.key}`,
          fix: `Replace ${first.key}: it was sent to the model's provider. Then delete the transcript.`,
        },
      ]
    },
  )
}

function newestFirst(paths: readonly string[]): { path: string; size: number }[] {
  return paths
    .flatMap(path => {
      const status = statSync(path, { throwIfNoEntry: false })
      return status ? [{ path, size: status.size, modified: status.mtimeMs }] : []
    })
    .sort((a, b) => b.modified - a.modified)
}
