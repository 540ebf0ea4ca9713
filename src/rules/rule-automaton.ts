import { buildAutomaton } from '../kernel/build-automaton.ts'
import type { Automaton } from '../kernel/types.ts'
import type { Program } from '../program.ts'
import { estimateRarity } from '../regex/literal-rarity.ts'
import { findCapitals } from './capital-literals.ts'
import { commonBeginnings } from './common-beginnings.ts'

/**
 * A beginning is key enough of a literal that is not known to be common, and stands at about one place in 2^13, divided by the
 * literals that share it, as far as can be guessed.
 */
const RARE_BITS = 13
const SHORTEST = 3

/**
 * The automaton of rules' literals: with whole literals as keys its tables would be three times as large.
 * @param isSought which literals, by their id, are to be found; absent: all
 */
export function buildRuleAutomaton(
  program: Pick<Program, 'literals' | 'rules' | 'classes'>,
  isSought: (literal: number) => boolean = () => true,
): Automaton {
  const { literals } = program
  const capitals = findCapitals(program)
  return buildAutomaton(literals, chooseKeyLengths(literals, isSought), literal => capitals.has(literal))
}

function chooseKeyLengths(literals: readonly string[], isSought: (literal: number) => boolean): number[] {
  const sharing = new Map<string, number>()
  for (const literal of literals.filter((_, id) => isSought(id))) {
    for (let length = SHORTEST; length < literal.length; length++) {
      const beginning = literal.slice(0, length)
      sharing.set(beginning, (sharing.get(beginning) ?? 0) + 1)
    }
  }
  return literals.map((literal, id) => {
    if (!isSought(id)) return 0
    for (let length = SHORTEST; length < literal.length; length++) {
      const beginning = literal.slice(0, length)
      if (commonBeginnings.has(beginning)) continue
      const bits = estimateRarity(beginning) - Math.log2(sharing.get(beginning) ?? 1)
      if (bits >= RARE_BITS) return length
    }
    return literal.length
  })
}
