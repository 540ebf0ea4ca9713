import type { Dialect, Evaluation } from '../dialect.ts'
import { expand } from '../expand.ts'
import { readAssignments } from './dotenv.ts'

/**
 * npm's dotenv with dotenv-expand: references are filled in after dotenv has read the file, between single quotes too;
 * the environment comes before the file.
 */
export const dotenvExpand: Dialect = {
  title: 'dotenv with dotenv-expand (npm)',
  evaluate(text, environment) {
    const found: Evaluation = { variables: [], notices: [] }
    const known = new Map<string, string>()
    for (const { key, value, line } of readAssignments(text)) {
      const expanded = expand(value, {
        lookUp: name => environment[name] ?? known.get(name),
        report: notice => found.notices.push({ line, key, ...notice }),
      })
      known.set(key, expanded)
      found.variables.push({ key, value: expanded, line })
    }
    return found
  },
}
