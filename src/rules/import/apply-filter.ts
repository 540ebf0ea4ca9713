import type { RuleAllowlist } from '../rule-file.ts'
import { complement } from './complement.ts'
import { foreignAllowlist } from './imported.ts'
import { type FilterTerm, parseFilter } from './parse-filter.ts'

export interface AppliedFilter {
  /** At or below it a match is dropped. */
  entropy?: number
  allowlists: RuleAllowlist[]
  /** What has no counterpart. */
  problems: string[]
}

/** Expressions of betterleaks as entropy limit and allowlists; a match is dropped where one of them is true. */
export function applyFilter(sources: readonly string[]): AppliedFilter {
  const applied: AppliedFilter = { allowlists: [], problems: [] }
  const left: string[] = []
  for (const source of sources) {
    const { alternatives, unknown } = parseFilter(source)
    left.push(...unknown)
    for (const terms of alternatives)
      if (!add(applied, terms)) left.push(terms.map(describeTerm).join(' && '))
  }
  return { ...applied, problems: left.length ? [complain(left)] : [] }
}

/** False where there is no counterpart. */
function add(applied: AppliedFilter, terms: readonly FilterTerm[]): boolean {
  const [term] = terms
  if (terms.length === 1 && term?.kind === 'entropy') {
    applied.entropy = Math.max(applied.entropy ?? 0, term.atMost)
    return true
  }
  const list = joinTerms(terms.map(toAllowlist))
  if (list) applied.allowlists.push(list)
  return list !== undefined
}

/** Undefined where one allowlist cannot say it. */
function toAllowlist(term: FilterTerm): RuleAllowlist | undefined {
  if (term.kind === 'entropy') return undefined
  if (term.kind === 'stopwords') return foreignAllowlist({ stopwords: term.words })
  const { target, regexes, isNegated } = term
  if (target === 'path') return isNegated ? undefined : foreignAllowlist({ paths: regexes })
  if (!isNegated) return foreignAllowlist({ regexes, regexTarget: target })
  const [regex, ...more] = regexes
  const others = regex === undefined || more.length > 0 ? undefined : complement(regex)
  return others === undefined ? undefined : foreignAllowlist({ regexes: [others], regexTarget: target })
}

/** All of them as one list whose conditions must all hold: so each condition may come from one only. */
function joinTerms(lists: readonly (RuleAllowlist | undefined)[]): RuleAllowlist | undefined {
  const known = lists.filter(list => list !== undefined)
  const counts = (['paths', 'regexes', 'stopwords'] as const).map(
    field => known.filter(list => list[field].length > 0).length,
  )
  if (known.length < lists.length || counts.some(count => count > 1)) return undefined
  if (known.length === 1) return known[0]
  return foreignAllowlist({
    condition: 'AND',
    paths: known.flatMap(list => list.paths),
    regexes: known.flatMap(list => list.regexes),
    regexTarget: known.find(list => list.regexes.length > 0)?.regexTarget ?? 'secret',
    stopwords: known.flatMap(list => list.stopwords),
  })
}

function complain(left: readonly string[]): string {
  const [first = ''] = left
  const shown = first.length > 60 ? `${first.slice(0, 60)}…` : first
  const what = left.length === 1 ? 'a part of its filter is' : `${left.length} parts of its filter are`
  return `${what} not evaluated, so it reports more: ${shown}`
}

function describeTerm(term: FilterTerm): string {
  if (term.kind === 'entropy') return `entropy <= ${term.atMost}`
  if (term.kind === 'stopwords') return `containsAny(${term.words.join(', ')})`
  return `${term.isNegated ? '!' : ''}matchesAny(${term.target}, ${term.regexes.join(', ')})`
}
