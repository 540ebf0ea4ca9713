import { doubtSecrets } from '../doubt.ts'
import { atSecrets, exposedFiles, type HygieneRule, secretsOf } from '../problem.ts'
import { ignoreInGit } from '../repair.ts'

export const negatedIgnore: HygieneRule = {
  severity: 'high',
  summary: 'a `!` rule takes an ignored file back in',
  check: project =>
    exposedFiles(project).flatMap(file => {
      const { negation } = file
      // Of a tracked file `tracked` tells, and the line that it adds stands below this rule.
      if (!negation || file.tracked) return []
      return [
        {
          ...atSecrets(file),
          ...doubtSecrets(secretsOf(file), file),
          severity: 'high' as const,
          message: `"${negation.pattern}" in ${negation.path}:${negation.line} takes it back in, and it holds secrets in clear`,
          fix: 'Take the rule out, or ignore the file below it.',
          repairs: [ignoreInGit(file)],
        },
      ]
    }),
}
