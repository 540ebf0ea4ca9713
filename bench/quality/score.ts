import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CorpusFinding } from './corpus.ts'
import type { Corpus } from './find-corpus.ts'

export interface Figures {
  TP: number
  FP: number
  FN: number
  precision: number
  recall: number
  F1: number
}

/** What score.py says about findings: its report as text, and the figures of the `auto` counting. */
export function score(
  { root, scorer }: Corpus,
  findings: readonly CorpusFinding[],
): { text: string; figures: Figures } {
  const directory = mkdtempSync(join(tmpdir(), 'stanch-score-'))
  try {
    const json = join(directory, 'figures.json')
    const lines = findings.map(({ lastLine, ...finding }) =>
      JSON.stringify({ ...finding, line_end: lastLine }),
    )
    const text = runScorer(
      scorer,
      ['score', '--root', root, '--top', '40', '--json', json, '-'],
      lines.join('\n'),
    )
    return { text, figures: JSON.parse(readFileSync(json, 'utf8')).modes.auto }
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** Another scanner's report as findings. */
export function readReport({ root, scorer }: Corpus, tool: string, report: string): CorpusFinding[] {
  const lines = runScorer(scorer, ['convert', tool, '--root', root, report], '').split('\n').filter(Boolean)
  return lines.map(line => {
    const { line_end: lastLine, ...finding } = JSON.parse(line)
    return { lastLine: lastLine ?? finding.line, ...finding }
  })
}

function runScorer(scorer: string, options: readonly string[], input: string): string {
  const { stdout, stderr, status, error } = spawnSync('python3', [scorer, ...options], {
    input,
    encoding: 'utf8',
    maxBuffer: 1e9,
  })
  if (error) throw error
  if (status !== 0) throw new Error(stderr)
  return stdout
}
