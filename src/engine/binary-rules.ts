import type { Program } from '../program.ts'

/** What of a program counts in binary content: the rules with a fixed prefix, and the literals that they need. */
export function selectForBinary(program: Program): { program: Program; literals: ReadonlySet<number> } {
  const rules = program.rules.filter(({ fixedPrefix }) => fixedPrefix)
  const literals = new Set(
    rules.flatMap(({ matcher }) =>
      matcher?.kind === 'regex' ? [...matcher.gate, ...matcher.anchors.map(({ literal }) => literal)] : [],
    ),
  )
  return { program: { ...program, rules }, literals }
}
