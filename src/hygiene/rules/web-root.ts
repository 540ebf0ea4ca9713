import { atSecrets, exposedFiles, folderOf, type HygieneRule } from '../problem.ts'

const served =
  /(?:^|\/)(public|static|dist|build|out|htdocs|wwwroot|www|public_html|webroot|docs|_site|\.next|\.nuxt|\.output)(?:\/|$)/i

export const webRoot: HygieneRule = {
  severity: 'critical',
  summary: 'it lies in a folder that web servers give away',
  check: project =>
    exposedFiles(project).flatMap(file => {
      const folder = served.exec(folderOf(file.path))?.[1]
      if (folder === undefined) return []
      return [
        {
          ...atSecrets(file),
          severity: 'critical' as const,
          message: `it lies in "${folder}/", which web servers give to everybody, and holds secrets in clear`,
          fix: 'Move it out of that folder. If it was ever deployed so, replace the secrets.',
        },
      ]
    }),
}
