import type { Notice } from './dialect.ts'

export interface Expansion {
  /** What a backslash or a second dollar before a dollar means: a plain dollar, or nothing special. */
  escape: '\\$' | '$$'
  lookUp(name: string): string | null | undefined
  report(notice: Pick<Notice, 'kind' | 'message'>): void
}

const reference = /\$\(|\$\{([A-Za-z_]\w*)(?:(:?)-([^}]*))?\}|\$([A-Za-z_]\w*)/
const forms = {
  '\\$': new RegExp(`\\\\\\$|${reference.source}`, 'g'),
  $$: new RegExp(`\\$\\$|${reference.source}`, 'g'),
}

/** Fills in `$NAME`, `${NAME}`, `${NAME-default}` and `${NAME:-default}`; `$(…)` is reported and stays as written. */
export function expand(value: string, { escape: written, lookUp, report }: Expansion): string {
  return value.replace(
    forms[written],
    (form: string, braced?: string, colon?: string, fallback?: string, bare?: string) => {
      if (form === written) return '$'
      if (form === '$(') {
        report({ kind: 'command', message: 'holds a command substitution, which was not run' })
        return form
      }
      const name = braced ?? bare ?? ''
      const found = lookUp(name)
      if (found && found !== '') return found
      if (fallback === undefined && typeof found !== 'string')
        report({ kind: 'unset', message: `refers to ${name}, which is not set` })
      return typeof found === 'string' && colon !== ':' ? found : (fallback ?? '')
    },
  )
}
