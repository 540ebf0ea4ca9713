import { ExitCode } from '../../errors.ts'
import type { NamedRuleFile } from '../../rules/rule-file.ts'
import type { Context } from '../context.ts'
import { readBuiltInRules, readRulePath } from '../rule-files.ts'
import { writeText } from '../write-text.ts'
import { checkRuleFile } from './check-rule-file.ts'
import { checkRuleSet } from './check-rule-set.ts'

/** Prints every complaint; 1 when there is one. */
export async function checkCommand(paths: readonly string[], context: Context): Promise<number> {
  const files: NamedRuleFile[] = paths.length ? paths.flatMap(path => readRulePath(path)) : readBuiltInRules()
  const complaints = [...files.flatMap(checkRuleFile), ...checkRuleSet(files)]
  const rules = files.reduce((sum, { file }) => sum + file.rules.length, 0)
  const verdict = complaints.length
    ? `${complaints.length} complaints about ${rules} rules`
    : `${rules} rules in ${files.length} files are fine`
  await writeText(context.stdout, [...complaints, verdict].map(line => `${line}\n`).join(''))
  return complaints.length ? ExitCode.findings : ExitCode.clean
}
