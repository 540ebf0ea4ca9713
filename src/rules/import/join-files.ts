import { UserError } from '../../errors.ts'
import { compileProgram } from '../compile-program.ts'
import type { Rule, RuleAllowlist, RuleFile } from '../rule-file.ts'
import type { ImportedFile, ImportProblem } from './imported.ts'

export interface Import {
  file: RuleFile
  problems: ImportProblem[]
  liveChecks: number
}

/** All files as one; what the compiler refuses is left out and named. */
export function joinFiles(files: readonly ImportedFile[]): Import {
  const problems = files.flatMap(file => file.problems)
  const taken = new Set<string>()
  const rules: Rule[] = []
  const allowlists: RuleAllowlist[] = []
  for (const file of files) {
    const own = file.rules.flatMap(rule => accept(file.name, rule, taken, problems))
    const lists = file.allowlists.filter(list => isSound(file.name, list, problems))
    rules.push(...own)
    allowlists.push(...(files.length > 1 ? lists.map(list => aimAt(list, own)) : lists))
  }
  return {
    file: { rules, allowlists },
    problems,
    liveChecks: files.reduce((sum, file) => sum + file.liveChecks, 0),
  }
}

function accept(file: string, rule: Rule, taken: Set<string>, problems: ImportProblem[]): Rule[] {
  const reason = findMistake({ rules: [rule], allowlists: [] })
  if (reason !== undefined) {
    problems.push({ file, rule: rule.id, isLost: true, reason })
    return []
  }
  const id = freeId(rule.id, taken)
  if (id !== rule.id)
    problems.push({
      file,
      rule: rule.id,
      isLost: false,
      reason: `it is called "${id}" now, the id exists already`,
    })
  taken.add(id)
  return [{ ...rule, id }]
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id
  let number = 2
  while (taken.has(`${id}-${number}`)) number++
  return `${id}-${number}`
}

function isSound(file: string, list: RuleAllowlist, problems: ImportProblem[]): boolean {
  const reason = findMistake({ rules: [probe], allowlists: [{ ...list, targetRules: [] }] })
  if (reason !== undefined)
    problems.push({ file, isLost: false, reason: `an allowlist is left out: ${reason}` })
  return reason === undefined
}

const probe: Rule = {
  id: 'probe',
  description: '',
  path: 'probe',
  keywords: [],
  tags: [],
  skipReport: false,
  exact: false,
  required: [],
  allowlists: [],
  examples: [],
  counterexamples: [],
  references: [],
}

/** A file's own allowlist must not reach the rules of other files. */
function aimAt(list: RuleAllowlist, rules: readonly Rule[]): RuleAllowlist {
  return list.targetRules.length > 0 ? list : { ...list, targetRules: rules.map(({ id }) => id) }
}

function findMistake(file: RuleFile): string | undefined {
  try {
    compileProgram([{ name: '', file }])
    return undefined
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error.message.replace(/^: rule "[^"]*": /, '')
  }
}
