import type { Notice } from './dialect.ts'

export interface Expansion {
  lookUp(name: string): string | null | undefined
  report(notice: Pick<Notice, 'kind' | 'message'>): void
}

const form = /\\\$|\$\(|\$\{([A-Za-z_]\w*)(?:(:?)-([^}]*))?\}|\$([A-Za-z_]\w*)/g

/**
 * Fills in `$NAME`, `${NAME}`, `${NAME-default}` and `${NAME:-default}`; a backslash makes text of a dollar, `$(…)` is
 * reported and stays as written.
 */
export function expand(value: string, { lookUp, report }: Expansion): string {
  return value.replace(
    form,
    (found: string, braced?: string, colon?: string, fallback?: string, bare?: string) => {
      if (found === '\\$') return '$'
      if (found === '$(') {
        report({ kind: 'command', message: 'holds a command substitution, which was not run' })
        return found
      }
      const name = braced ?? bare ?? ''
      const known = lookUp(name)
      if (known && known !== '') return known
      if (fallback === undefined && typeof known !== 'string')
        report({ kind: 'unset', message: `refers to ${name}, which is not set` })
      return typeof known === 'string' && colon !== ':' ? known : (fallback ?? '')
    },
  )
}
