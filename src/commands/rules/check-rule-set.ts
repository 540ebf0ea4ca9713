import { compileProgram } from '../../rules/compile-program.ts'
import type { NamedRuleFile, Rule } from '../../rules/rule-file.ts'
import { createRuleScanner } from '../rule-scanner.ts'
import { toContent } from './to-content.ts'

interface Found {
  /** The rule's. */
  id: string
  confidence: number
}

/** Complaints that only all rules together show. */
export function checkRuleSet(files: readonly NamedRuleFile[]): string[] {
  const program = compileProgram(files)
  const scan = createRuleScanner(program)
  const find = (text: string): Found[] =>
    scan(toContent(text))
      // What stands in a decoded text stands beside the rest, not in its place.
      .filter(({ decoded }) => decoded.length === 0)
      .map(({ rule, confidence }) => ({ id: program.rules[rule]?.id ?? '', confidence }))
  return [
    ...findDuplicates(files),
    ...files.flatMap(named => [...findShadowed(named, find), ...findSecrets(named, find)]),
  ]
}

function findDuplicates(files: readonly NamedRuleFile[]): string[] {
  const seen = new Map<string, string>()
  return files.flatMap(({ name, file }) =>
    file.rules.flatMap(rule => {
      const form = JSON.stringify([rule.regex, rule.assignment, rule.path, rule.required])
      const before = seen.get(form)
      seen.set(form, before ?? rule.id)
      return before === undefined ? [] : [`${name}: rule "${rule.id}": it looks for the same as "${before}"`]
    }),
  )
}

/** Rules none of whose examples is reported as theirs, because others of more weight are found in all of them. */
function findShadowed({ name, file }: NamedRuleFile, find: (text: string) => Found[]): string[] {
  return file.rules.flatMap(rule => {
    const winners = rule.examples.map(pieces => find(pieces.join('')).map(({ id }) => id))
    const isShadowed = winners.length > 0 && winners.every(ids => ids.length > 0 && !ids.includes(rule.id))
    if (!isShadowed || rule.skipReport) return []
    return [`${name}: rule "${rule.id}": shadowed by ${[...new Set(winners.flat())].join(', ')}`]
  })
}

/** Sure enough to be reported by a scan. */
const REPORTED = 0.5

function findSecrets({ name, file }: NamedRuleFile, find: (text: string) => Found[]): string[] {
  return file.rules.flatMap(rule => {
    const found = textsOf(rule)
      .flatMap(find)
      .filter(({ confidence }) => confidence >= REPORTED)
    const ids = [...new Set(found.map(({ id }) => id))]
    return ids.length
      ? [`${name}: rule "${rule.id}": it holds a literal secret (${ids.join(', ')}); write it in more pieces`]
      : []
  })
}

function textsOf({ examples, counterexamples, description, regex }: Rule): string[] {
  return [...examples.flat(), ...counterexamples.flat(), description, regex ?? '']
}
