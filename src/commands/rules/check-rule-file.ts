import { checksums } from '../../engine/checksums/index.ts'
import type { CompiledRule, Program } from '../../program.ts'
import { compileProgram } from '../../rules/compile-program.ts'
import type { NamedRuleFile, Rule } from '../../rules/rule-file.ts'
import { findStrayKeywords } from '../../rules/stray-keywords.ts'
import { createRuleScanner } from '../rule-scanner.ts'
import { checkContexts } from './check-contexts.ts'
import { toContent } from './to-content.ts'

/** Complaints about one rule file, each naming the file and the rule. */
export function checkRuleFile(named: NamedRuleFile): string[] {
  const program = compileProgram([named])
  return named.file.rules.flatMap((rule, number) => {
    const compiled = program.rules[number]
    const complaints = compiled ? [...checkForm(rule, compiled), ...checkExamples(rule, program)] : []
    return complaints.map(complaint => `${named.name}: rule "${rule.id}": ${complaint}`)
  })
}

function checkForm(rule: Rule, { matcher, checksum }: CompiledRule): string[] {
  const complaints: string[] = []
  if (rule.description === '') complaints.push('description is missing')
  if (matcher?.kind === 'regex' && matcher.anchors.length === 0) {
    complaints.push(
      'the regex holds no literal of three characters that every match must have, so every text is searched whole',
    )
  }
  for (const keyword of findStrayKeywords(rule))
    complaints.push(`keyword "${keyword}" is no literal of the regex`)
  if (checksum !== undefined && !Object.hasOwn(checksums, checksum)) {
    complaints.push(`checksum "${checksum}" is not known; there are ${Object.keys(checksums).join(', ')}`)
  }
  return complaints
}

function checkExamples(rule: Rule, program: Program): string[] {
  if (rule.skipReport) return []
  const scan = createRuleScanner(program, rule.id)
  const isFound = (pieces: readonly string[]) => scan(toContent(pieces.join(''))).length > 0
  const describeMissed = (pieces: readonly string[], i: number) => {
    const missed = checkContexts(pieces.join(''), scan)
    return missed.length ? [`example ${i + 1} is not found in: ${missed.join(', ')}`] : []
  }
  return [
    ...(rule.examples.length ? [] : ['it has no examples']),
    ...(rule.counterexamples.length ? [] : ['it has no counterexamples']),
    ...rule.examples.flatMap((pieces, i) => (isFound(pieces) ? [] : [`example ${i + 1} is not found`])),
    ...rule.counterexamples.flatMap((pieces, i) =>
      isFound(pieces) ? [`counterexample ${i + 1} is found`] : [],
    ),
    ...(rule.regex === undefined ? [] : rule.examples.flatMap(describeMissed)),
  ]
}
