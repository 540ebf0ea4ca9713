import { doubtSecrets } from '../doubt.ts'
import type { ProjectFacts } from '../facts.ts'
import {
  atSecrets,
  exposedFiles,
  type Found,
  folderOf,
  type HygieneRule,
  listNames,
  secretsOf,
} from '../problem.ts'

const served =
  /(?:^|\/)(public|static|dist|build|out|htdocs|wwwroot|www|public_html|webroot|docs|_site|\.next|\.nuxt|\.output)(?:\/|$)/i

export const webRoot: HygieneRule = {
  severity: 'critical',
  summary: 'it lies in a folder that web servers give away',
  check: project => [...checkFolders(project), ...checkAnswers(project)],
}

function checkFolders(project: ProjectFacts): Found[] {
  return exposedFiles(project).flatMap(file => {
    const folder = served.exec(folderOf(file.path))?.[1]
    if (folder === undefined) return []
    return [
      {
        ...atSecrets(file),
        ...doubtSecrets(secretsOf(file), file),
        severity: 'critical' as const,
        message: `it lies in "${folder}/", which web servers give to everybody, and holds secrets in clear`,
        fix: 'Move it out of that folder. If it was ever deployed so, replace the secrets.',
      },
    ]
  })
}

/** Only where a person named a server to ask. */
function checkAnswers({ served: answers }: ProjectFacts): Found[] {
  return answers.map(({ path, url, keys }) => ({
    path,
    key: keys[0] ?? '',
    severity: 'critical',
    message: `${url} answers with it: ${listNames(keys)}`,
    fix: 'Have the server refuse names that begin with a dot, and serve another folder than the project. If it was ever reachable so from elsewhere, replace the secrets.',
  }))
}
