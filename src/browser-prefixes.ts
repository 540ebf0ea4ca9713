/** Of variables that builds write into the code that browsers get. */
const known = [
  'NEXT_PUBLIC',
  'NUXT_PUBLIC',
  'VITE',
  'REACT_APP',
  'EXPO_PUBLIC',
  'VUE_APP',
  'GATSBY',
  'PUBLIC',
]

/**
 * What such names begin with, also with the prefix of Nx before it.
 * @param more further prefixes
 */
export function matchBrowserPrefix(more: readonly string[] = []): RegExp {
  return new RegExp(`^(?:NX_)?(?:${[...known, ...more].join('|')})_`)
}
