import { spawnSync } from 'node:child_process'
import type { CorpusFinding } from './corpus.ts'

/** What score.py says about findings. */
export function score(root: string, findings: readonly CorpusFinding[]): string {
  const lines = findings.map(({ lastLine, ...finding }) => JSON.stringify({ ...finding, line_end: lastLine }))
  const { stdout, stderr, status } = spawnSync(
    'python3',
    ['/work/shared/creddata/score.py', 'score', '--root', root, '--top', '60', '-'],
    {
      input: lines.join('\n'),
      encoding: 'utf8',
      maxBuffer: 1e9,
    },
  )
  if (status !== 0) throw new Error(stderr)
  return stdout
}
