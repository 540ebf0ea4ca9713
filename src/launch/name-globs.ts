/** Which names are meant: some pattern of `only`, and none of `except`. `*`, `?` and `[…]` as in a shell. */
export interface NameFilter {
  only?: readonly string[] | undefined
  except?: readonly string[] | undefined
}

export function createNameFilter({ only, except = [] }: NameFilter): (name: string) => boolean {
  const wanted = only?.map(toRegex)
  const unwanted = except.map(toRegex)
  return name =>
    (wanted?.some(pattern => pattern.test(name)) ?? true) && !unwanted.some(pattern => pattern.test(name))
}

/** Patterns that no name fits: most often a slip. */
export function idlePatterns({ only = [], except = [] }: NameFilter, names: readonly string[]): string[] {
  return [...only, ...except].filter(pattern => !names.some(name => toRegex(pattern).test(name)))
}

function toRegex(pattern: string): RegExp {
  const source = pattern.replace(
    /\[([!^]?)([^\]]+)\]|[*?]|[^*?[\w]|\[/g,
    (part, not?: string, set?: string) => {
      if (set !== undefined) return `[${not ? '^' : ''}${set.replace(/[\\\]^]/g, '\\$&')}]`
      if (part === '*') return '.*'
      return part === '?' ? '.' : `\\${part}`
    },
  )
  return new RegExp(`^${source}$`, 's')
}
