import type { Dialect, Evaluation } from '../dialect.ts'

/** `docker run --env-file`: one line a variable, everything after `=` as it stands, quotes and remarks included. */
export const docker: Dialect = {
  title: 'docker run --env-file',
  evaluate(text, environment) {
    const found: Evaluation = { variables: [], notices: [] }
    const lines = text.replace(/^\ufeff/, '').split('\n')
    for (const [index, raw] of lines.entries()) {
      const content = raw.replace(/\r$/, '').trimStart()
      if (content === '' || content.startsWith('#')) continue
      const line = index + 1
      const equals = content.indexOf('=')
      const key = equals < 0 ? content : content.slice(0, equals)
      if (key === '' || /\s/.test(key)) {
        found.notices.push({
          line,
          kind: 'refused',
          message: 'docker refuses the file: blank or missing name',
        })
      } else if (equals >= 0) found.variables.push({ key, value: content.slice(equals + 1), line })
      else found.variables.push({ key, value: environment[key] ?? null, line })
    }
    return found
  },
}
