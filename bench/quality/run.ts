/**
 * Scores a scanner on a labelled corpus: precision, recall and F1, by kind, and the errors by cause.
 *
 *   npx tsx bench/quality/run.ts [CORPUS]                                   ours, as it ships
 *   npx tsx bench/quality/run.ts [CORPUS] --models DIR                      ours, cross-validated: train.py --models DIR
 *   npx tsx bench/quality/run.ts [CORPUS] --tool gitleaks --report FILE     another scanner's report
 *   npx tsx bench/quality/run.ts [CORPUS] --gate                            fails when F1 falls; CI runs it
 *
 * CORPUS is a directory with data/ and meta/, or a .tar.xz of them; by default what find-corpus.ts finds. --errors N lists
 * so many errors of each cause, --min-confidence N and --findings FILE do what they say.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadGenericJudge } from '../../src/commands/generic-judge.ts'
import { createGenericJudge } from '../../src/engine/generic/judge-generic.ts'
import type { JudgeGeneric } from '../../src/engine/judge.ts'
import { type CorpusFinding, readRows, repositoryOf } from './corpus.ts'
import { printErrorBook } from './error-book.ts'
import { matchRows } from './match-rows.ts'
import { scanCorpus } from './scan-corpus.ts'
import { score } from './score.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    models: { type: 'string' },
    'min-confidence': { type: 'string' },
    errors: { type: 'string' },
    findings: { type: 'string' },
  },
})
const root = positionals[0] ?? '/tmp/cred'
const minConfidence = Number(options['min-confidence'] ?? 0.5)

const judged = new Map<string, { value: string; name: string; p: number }[]>()
function remember(path: string, judge: JudgeGeneric): JudgeGeneric {
  const list: { value: string; name: string; p: number }[] = []
  judged.set(path, list)
  return candidate => {
    const p = judge(candidate)
    list.push({ value: candidate.value, name: candidate.name, p })
    return p
  }
}
const findings = scanOurs()
if (options.findings) writeFileSync(options.findings, findings.map(f => `${JSON.stringify(f)}\n`).join(''))
console.log(score(root, findings))
printErrorBook(root, matchRows(readRows(root), findings), judged, Number(options.errors ?? 0))

function scanOurs(): CorpusFinding[] {
  const { models } = options
  if (models === undefined) {
    const { judge } = loadGenericJudge()
    return scanCorpus(root, { judgeFor: path => remember(path, judge), scanner: { minConfidence } })
  }
  const folds: Record<string, number> = JSON.parse(readFileSync(join(models, 'folds.json'), 'utf8'))
  const judges = [...new Set(Object.values(folds))].sort().map(fold => {
    const forest = JSON.parse(readFileSync(join(models, `${fold}.json`), 'utf8'))
    return createGenericJudge(() => forest).judge
  })
  const never = () => 0
  return scanCorpus(root, {
    judgeFor: path => remember(path, judges[folds[repositoryOf(path)] ?? -1] ?? never),
    scanner: { minConfidence },
  })
}
