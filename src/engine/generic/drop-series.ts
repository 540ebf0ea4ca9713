import { groupBy } from '../../group-by.ts'
import type { CompiledRule } from '../../program.ts'
import { latin1 } from '../bytes.ts'
import { type Candidate, nameOf } from '../candidate.ts'
import { isJudged } from '../is-judged.ts'

/** From so many different values of one name on, or of one shape, a text is a table of data. */
const LEAST_OF_NAME = 10
const LEAST_OF_SHAPE = 20

/** Names that many accounts of one dump have. */
const ofAccounts = /pass|pwd|secret|token|credential|private|api/i

/**
 * Without values that are one of many alike: a `reblog_key` of each post, or `"AWS::KMS::Key": "88e7…"` among hundreds of
 * hexadecimal numbers of one length, whose names hold a word such as `key` by chance.
 */
export function dropSeries(
  judged: Candidate[],
  rules: readonly CompiledRule[],
  bytes: Uint8Array,
): Candidate[] {
  if (judged.length < LEAST_OF_NAME) return judged
  const formless = judged.filter(candidate => isJudged(rules[candidate.rule]))
  if (formless.length < LEAST_OF_NAME) return judged
  const ofName = groupBy(formless, candidate => nameOf(candidate, bytes))
  const ofShape = groupBy(formless, candidate => shapeOf(secretOf(candidate, bytes)))
  const dropped = new Set<Candidate>()
  for (const [name, group] of ofName)
    if (!ofAccounts.test(name) && count(group, secretOf) >= LEAST_OF_NAME)
      for (const one of group) dropped.add(one)
  for (const [shape, group] of ofShape)
    if (shape !== '' && count(group, nameOf) >= LEAST_OF_SHAPE && count(group, secretOf) >= LEAST_OF_SHAPE)
      for (const one of group) dropped.add(one)
  return dropped.size === 0 ? judged : judged.filter(candidate => !dropped.has(candidate))

  function count(
    group: readonly Candidate[],
    of: (candidate: Candidate, bytes: Uint8Array) => string,
  ): number {
    return new Set(group.map(candidate => of(candidate, bytes))).size
  }
}

/** Length of a hexadecimal number; other values have no shape that tells anything. */
function shapeOf(value: string): string {
  return /^[0-9a-f]{8,64}$/i.test(value) ? String(value.length) : ''
}

function secretOf({ secretStart, secretEnd }: Candidate, bytes: Uint8Array): string {
  return latin1(bytes, secretStart, secretEnd)
}
