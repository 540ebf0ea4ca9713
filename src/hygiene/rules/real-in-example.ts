import type { KeyFact } from '../facts.ts'
import { type HygieneRule, isProviders, isSecret, secretsOf } from '../problem.ts'

/** From here on a value without a provider's form is no one's example. */
const SURE = 0.7

export const realInExample: HygieneRule = {
  severity: 'critical',
  summary: 'a template holds a real value',
  check: ({ files }) => {
    const real = new Map(
      files
        .filter(({ kind }) => kind === 'plain')
        .flatMap(file => secretsOf(file).map(key => [key.digest, file.path] as const)),
    )
    return files
      .filter(({ kind }) => kind === 'template')
      .flatMap(file =>
        file.keys.filter(isSecret).flatMap(key => {
          const source = real.get(key.digest)
          if (source === undefined && !looksReal(key)) return []
          return [
            {
              path: file.path,
              line: key.line,
              key: key.name,
              severity: source !== undefined || isProviders(key) ? ('critical' as const) : ('high' as const),
              message:
                source === undefined
                  ? `${key.name} looks like a real secret in a template (${key.classification.reason})`
                  : `${key.name} has its real value in the template, the one of ${source}`,
              fix: 'Leave it blank in the template, and replace the secret: templates are committed.',
              repairs: [{ kind: 'blank' as const, path: file.path, key: key.name, line: key.line }],
            },
          ]
        }),
      )
  },
}

export function looksReal(key: Pick<KeyFact, 'classification'>): boolean {
  const { confidence, mode } = key.classification
  return mode !== 'test' && (isProviders(key) || (confidence >= SURE && mode === undefined))
}
