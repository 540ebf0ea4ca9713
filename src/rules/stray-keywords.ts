import { literalPositions, parsePattern } from '../regex/index.ts'
import type { Rule } from './rule-file.ts'

/** Keywords that the rule's regex does not hold as a literal: a match without them would be lost, or they only gate. */
export function findStrayKeywords({ regex, keywords }: Rule): string[] {
  if (regex === undefined) return []
  const pattern = parsePattern(regex, 're2')
  return keywords.filter(keyword => literalPositions(pattern, keyword) === undefined)
}
