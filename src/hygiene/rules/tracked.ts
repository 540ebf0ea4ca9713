import { atSecrets, exposedFiles, type HygieneRule, listNames, secretsOf } from '../problem.ts'
import { ignoreInGit } from '../repair.ts'

export const tracked: HygieneRule = {
  severity: 'critical',
  summary: 'git tracks a file with secrets in clear',
  check: project =>
    exposedFiles(project)
      .filter(file => file.tracked)
      .map(file => {
        const secrets = secretsOf(file)
        const onlyTests = secrets.every(({ classification }) => classification.mode === 'test')
        return {
          ...atSecrets(file),
          severity: onlyTests ? 'high' : 'critical',
          message: `git tracks it, with secrets in clear: ${listNames(secrets.map(({ name }) => name))}`,
          fix: 'Untrack it (git rm --cached), ignore it, and replace the secrets: every clone has them. `stanch incident start` leads through it.',
          repairs: [
            { kind: 'untrack' as const, path: file.path },
            ...(file.ignored === 'repository' ? [] : [ignoreInGit(file)]),
          ],
        }
      }),
}
