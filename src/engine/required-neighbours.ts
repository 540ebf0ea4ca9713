import type { CompiledRule, RequiredNeighbour } from '../program.ts'
import type { Candidate } from './candidate.ts'

/** Whether every neighbour that the candidate's rule asks for was found near enough. */
export function hasNeighbours(
  candidate: Candidate,
  all: readonly Candidate[],
  rules: readonly CompiledRule[],
  bytes: Uint8Array,
): boolean {
  const required = rules[candidate.rule]?.required ?? []
  return required.every(need =>
    all.some(other => rules[other.rule]?.id === need.rule && isNear(candidate, other, need, bytes)),
  )
}

function isNear(a: Candidate, b: Candidate, need: RequiredNeighbour, bytes: Uint8Array): boolean {
  if (need.withinLines !== undefined && countLines(bytes, a.start, b.start) > need.withinLines) return false
  if (need.withinColumns === undefined) return true
  return Math.abs(columnOf(bytes, a.start) - columnOf(bytes, b.start)) <= need.withinColumns
}

function countLines(bytes: Uint8Array, from: number, to: number): number {
  const [start, end] = from < to ? [from, to] : [to, from]
  let lines = 0
  for (let at = bytes.indexOf(10, start); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) lines++
  return lines
}

function columnOf(bytes: Uint8Array, offset: number): number {
  return offset - (bytes.lastIndexOf(10, offset - 1) + 1)
}
