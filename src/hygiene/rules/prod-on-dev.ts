import { exposedFiles, type HygieneRule, listNames, secretsOf } from '../problem.ts'

export const prodOnDev: HygieneRule = {
  severity: 'high',
  summary: "production's secrets on a developer's machine",
  check: ({ files, machine }) =>
    machine !== 'developer'
      ? []
      : exposedFiles({ files }).flatMap(file => {
          const secrets = secretsOf(file)
          const isProduction = file.stage === 'production'
          const shown = isProduction
            ? secrets
            : secrets.filter(({ classification }) => classification.mode === 'live')
          const [first] = shown
          if (!first) return []
          const names = listNames(shown.map(({ name }) => name))
          return [
            {
              path: file.path,
              line: first.line,
              key: first.name,
              severity: 'high' as const,
              message: isProduction
                ? `secrets of production in clear on a developer's machine: ${names}`
                : `live keys on a developer's machine: ${names}`,
              fix: 'Keep them in a vault (`stanch migrate`) and use keys of the test mode here. On a server say --machine server.',
            },
          ]
        }),
}
