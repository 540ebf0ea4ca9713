import { matchBrowserPrefix } from '../browser-prefixes.ts'

const prefix = matchBrowserPrefix(['NG_APP', 'SNOWPACK_PUBLIC', 'STORYBOOK'])

/** Whether a build writes the variable into the code that browsers get. */
export function isForBrowsers(name: string): boolean {
  return prefix.test(name)
}
