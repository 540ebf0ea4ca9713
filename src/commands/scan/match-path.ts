import type { PlacedMatch } from '../../findings/collect-findings.ts'
import { type Content, Secret } from '../../model.ts'
import type { CompiledRule, Program } from '../../program.ts'
import { compileTest } from '../../regex/index.ts'

/** Rules that look at nothing but the path: a file of such a name is a finding, at its first line. */
export function createPathMatcher(
  { rules, prepared }: Program,
  isWanted: (rule: CompiledRule) => boolean,
): (content: Content) => PlacedMatch[] {
  const paths = (prepared?.pathOnly ?? [...rules.keys()]).flatMap(number => {
    const rule = rules[number]
    if (!rule || rule.matcher || rule.path === undefined || !isWanted(rule)) return []
    return [{ number, rule, regex: compileTest(rule.path, rule.isPathLinear) }]
  })
  if (paths.length === 0) return () => []
  return content => {
    // A large file comes in parts; its name is told once.
    if ((content.reported?.from ?? 0) > 0) return []
    return paths
      .filter(({ regex, rule }) => regex.test(content.path) && !isAllowed(rule, content.path))
      .map(({ number, rule }) => toMatch(number, rule, content))
  }
}

function isAllowed({ allowlists }: CompiledRule, path: string): boolean {
  return allowlists.some(
    ({ paths, all, isLinear }) => !all && paths.some(source => compileTest(source, isLinear).test(path)),
  )
}

function toMatch(rule: number, { confidence }: CompiledRule, { path, origin }: Content): PlacedMatch {
  const span = { line: 1, column: 1, endLine: 1, endColumn: 1 }
  return {
    rule,
    start: 0,
    end: 0,
    span,
    // A name is no secret, but it is what was found.
    secret: new Secret(path),
    confidence,
    decoded: [],
    place: { ...origin, ...span },
    path,
    state: 'new',
  }
}
