/** Prefixes of variables that a build writes into the code that browsers get. */
const prefixes =
  /^(?:NX_)?(?:NEXT_PUBLIC|NUXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|VUE_APP|GATSBY|PUBLIC|NG_APP|SNOWPACK_PUBLIC|STORYBOOK)_/

export function isForBrowsers(name: string): boolean {
  return prefixes.test(name)
}
