import { doubtSecrets } from '../doubt.ts'
import { exposedFiles, type HygieneRule, listNames, secretsOf } from '../problem.ts'

export const prodOnDev: HygieneRule = {
  severity: 'high',
  summary: "production's secrets on a developer's machine",
  check: ({ files, machine }) =>
    machine !== 'developer'
      ? []
      : exposedFiles({ files }).flatMap(file => {
          // Git brings it to every machine, of which `tracked` tells.
          if (file.tracked) return []
          const secrets = secretsOf(file)
          const isProduction = file.stage === 'production'
          const shown = isProduction
            ? secrets
            : secrets.filter(
                ({ classification, isOfProduction }) => classification.mode === 'live' || isOfProduction,
              )
          const [first] = shown
          if (!first) return []
          const isLive = shown.some(({ classification }) => classification.mode === 'live')
          const names = listNames(shown.map(({ name }) => name))
          return [
            {
              path: file.path,
              line: first.line,
              key: first.name,
              severity: 'high' as const,
              ...doubtSecrets(shown, file),
              message: isProduction
                ? `secrets of production in clear on a developer's machine: ${names}`
                : `${isLive ? 'live keys' : "logins of production's hosts"} on a developer's machine: ${names}`,
              fix: 'Keep them in a vault (`stanch migrate`) and use keys of the test mode here. On a server say --machine server.',
            },
          ]
        }),
}
