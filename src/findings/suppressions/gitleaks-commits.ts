import type { Allowlist, CompiledRule } from '../../program.ts'
import { compileTest } from '../../regex/index.ts'
import type { NamedMatch } from '../name-matches.ts'
import type { Suppression } from './suppression.ts'

/**
 * Allowlists of gitleaks that name commits: which commit brought a secret is known only after the search. All others have
 * been honoured by it.
 * @param name how the config is called
 */
export function readCommitAllowlists(name: string, rules: readonly CompiledRule[]): Suppression[] {
  const byText = new Map<string, { list: Allowlist; rules: Set<string> }>()
  for (const { id, allowlists } of rules) {
    for (const list of allowlists) {
      if (list.commits.length === 0) continue
      const key = JSON.stringify(list)
      const known = byText.get(key)
      if (known) known.rules.add(id)
      else byText.set(key, { list, rules: new Set([id]) })
    }
  }
  return [...byText.values()].map(({ list, rules: ids }) => ({
    label: `${name}: allowlist of commit ${list.commits.join(', ')}`,
    state: 'allowed',
    sources: ['history'],
    covers: (match, rule) =>
      ids.has(rule) && isOfCommit(list, match) && (!list.all || holdsBesides(list, match)),
  }))
}

function isOfCommit({ commits }: Allowlist, { place }: NamedMatch): boolean {
  return place.kind === 'commit' && commits.includes(place.commit)
}

/** With `condition = "AND"` the rest must hold as well. Of a regex on the match or the line only the secret is left here. */
function holdsBesides(
  { paths, regexes, stopwords, isLinear }: Allowlist,
  { path, secret }: NamedMatch,
): boolean {
  const value = secret.reveal()
  return (
    (paths.length === 0 || paths.some(source => compileTest(source, isLinear).test(path))) &&
    (regexes.length === 0 ||
      regexes.some(source => compileTest(source, isLinear).test(Buffer.from(value).toString('latin1')))) &&
    (stopwords.length === 0 || stopwords.some(word => value.toLowerCase().includes(word)))
  )
}
