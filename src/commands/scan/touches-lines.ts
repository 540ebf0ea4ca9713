import type { Match } from '../../model.ts'

/** Whether any line of the match is one of those. */
export function touchesLines({ span }: Match, isOne: (line: number) => boolean): boolean {
  for (let line = span.line; line <= span.endLine; line++) if (isOne(line)) return true
  return false
}
