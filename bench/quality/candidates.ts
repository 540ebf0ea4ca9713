/**
 * Every value that the generic rules could report, with what the model looks at: a JSON line each. train.py learns from them.
 *
 *   npx tsx bench/quality/candidates.ts CORPUS > candidates.jsonl
 */
import { featuresOf, type GenericCandidate } from '../../src/engine/generic/features.ts'
import { isRuledOut } from '../../src/engine/generic/judge-generic.ts'
import { Positions } from '../../src/engine/positions.ts'
import { checkCorpus } from './corpus.ts'
import { columnsOf, scanCorpus } from './scan-corpus.ts'

const root = process.argv[2] ?? '.'
checkCorpus(root)
let seen = new Map<number, GenericCandidate>()
scanCorpus(root, {
  judgeFor: () => {
    seen = new Map()
    return candidate => {
      if (isRuledOut(candidate)) return 0
      seen.set(candidate.start, candidate)
      return 1
    }
  },
  scanner: {
    isSelected: rule => rule.matcher?.kind === 'assignment' && rule.matcher.judge !== undefined,
    // What is decoded stands elsewhere than the markup says.
    decoding: { depth: 0 },
  },
  scanned: printSeen,
})

function printSeen(path: string, bytes: Buffer): void {
  const positions = new Positions(bytes)
  const toColumn = columnsOf(bytes)
  for (const [at, candidate] of [...seen].sort(([a], [b]) => a - b)) {
    const length = Buffer.from(candidate.value, 'latin1').length
    const { line, column, endLine, endColumn } = positions.spanOf(at, at + length)
    const start = toColumn(line, column)
    const end = toColumn(endLine, endColumn)
    const { name: key, value } = candidate
    console.log(JSON.stringify({ path, line, start, end, key, value, features: featuresOf(candidate) }))
  }
}
