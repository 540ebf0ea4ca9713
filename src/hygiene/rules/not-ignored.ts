import { doubtSecrets } from '../doubt.ts'
import { atSecrets, exposedFiles, type HygieneRule, listNames, secretsOf } from '../problem.ts'
import { ignoreInGit } from '../repair.ts'

export const notIgnored: HygieneRule = {
  severity: 'high',
  summary: 'one `git add .` would commit it',
  check: project =>
    exposedFiles(project)
      .filter(
        file => project.isRepository && !file.tracked && file.ignored !== 'repository' && !file.negation,
      )
      .map(file => {
        const isPrivate = file.ignored === 'private'
        const names = listNames(secretsOf(file).map(({ name }) => name))
        return {
          ...atSecrets(file),
          ...doubtSecrets(secretsOf(file), file),
          severity: isPrivate ? 'medium' : 'high',
          message: isPrivate
            ? `only your own ignore rules keep git from it, not the repository's: ${names}`
            : `no rule keeps git from it, and it holds secrets in clear: ${names}`,
          fix: 'Add it to .gitignore.',
          repairs: [ignoreInGit(file)],
        }
      }),
}
