/**
 * Scores a scanner on a labelled corpus: precision, recall and F1, by kind, and the errors by cause.
 *
 *   npm run quality                                             ours, as it ships
 *   npm run quality -- DIR --models MODELS                      ours, cross-validated: models of train.py --models
 *   npm run quality -- DIR --tool gitleaks --report FILE        another scanner's report
 *   npm run quality -- --gate                                   fails when F1 is 0.005 below bench/quality/expected.json
 *
 * DIR is a corpus as find-corpus.ts reads it. --errors N lists so many errors of each cause, --min-confidence N reports less or more.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadGenericJudge } from '../../src/commands/generic-judge.ts'
import { createGenericJudge } from '../../src/engine/generic/judge-generic.ts'
import type { JudgeGeneric } from '../../src/engine/judge.ts'
import { type CorpusFinding, readRows, repositoryOf } from './corpus.ts'
import { writeErrorBook } from './error-book.ts'
import { findCorpus } from './find-corpus.ts'
import { matchRows } from './match-rows.ts'
import { scanCorpus } from './scan-corpus.ts'
import { readReport, score } from './score.ts'

const MAX_FALL = 0.005

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    errors: { type: 'string', default: '0' },
    gate: { type: 'boolean' },
    'min-confidence': { type: 'string', default: '0.5' },
    models: { type: 'string' },
    report: { type: 'string' },
    tool: { type: 'string' },
  },
})
const judged = new Map<string, { value: string; name: string; probability: number }[]>()
const corpus = findCorpus(positionals[0])
if (corpus) measure(corpus)
else tellAbsence()

function tellAbsence(): void {
  console.error(
    'QUALITY WAS NOT MEASURED: there is no corpus. Set STANCH_CREDDATA, or put it at ../shared/creddata.',
  )
  process.exitCode = options.gate ? 0 : 2
}

function measure(corpus: NonNullable<ReturnType<typeof findCorpus>>): void {
  const { tool, report } = options
  const findings = tool && report ? readReport(corpus, tool, report) : scanOurs(corpus.root)
  const { text, figures } = score(corpus, findings)
  console.log(text)
  console.log('errors by cause')
  console.log(
    writeErrorBook(corpus.root, matchRows(readRows(corpus.root), findings), judged, Number(options.errors)),
  )
  if (options.gate) compare(figures.F1)
}

function compare(f1: number): void {
  const expected: { F1: number } = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8'))
  const fell = expected.F1 - f1 > MAX_FALL
  console.log(`\nF1 ${f1.toFixed(4)}, expected ${expected.F1.toFixed(4)}: ${fell ? 'it fell' : 'passed'}`)
  process.exitCode = fell ? 1 : 0
}

function scanOurs(root: string): CorpusFinding[] {
  const minConfidence = Number(options['min-confidence'])
  const ours = loadGenericJudge().judge
  const judgeOf = options.models === undefined ? () => ours : readFolds(options.models)
  return scanCorpus(root, { judgeFor: path => remember(path, judgeOf(path)), scanner: { minConfidence } })
}

/** For each file the model that did not learn from its repository. */
function readFolds(directory: string): (path: string) => JudgeGeneric {
  const read = (name: string) => JSON.parse(readFileSync(join(directory, name), 'utf8'))
  const folds: Record<string, number> = read('folds.json')
  const judges = [...new Set(Object.values(folds))]
    .sort()
    .map(fold => createGenericJudge(() => read(`${fold}.json`)).judge)
  // A repository without a candidate is in no fold.
  return path => judges[folds[repositoryOf(path)] ?? -1] ?? (() => 0)
}

function remember(path: string, judge: JudgeGeneric): JudgeGeneric {
  const values: { value: string; name: string; probability: number }[] = []
  judged.set(path, values)
  return candidate => {
    const probability = judge(candidate)
    values.push({ value: candidate.value, name: candidate.name, probability })
    return probability
  }
}
