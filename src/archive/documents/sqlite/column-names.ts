/** Names of the columns out of a `CREATE TABLE` statement, as far as they can be read without a parser of SQL. */
export function columnNames(sql: string): string[] {
  const open = sql.indexOf('(')
  if (open < 0) return []
  return splitDefinitions(sql.slice(open + 1))
    .map(firstName)
    .filter(name => name !== undefined)
}

/** At the commas that are in no brackets and no quotes. */
function splitDefinitions(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (const { 0: sign, index } of text.matchAll(
    /'(?:[^']|'')*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|[(),]/g,
  )) {
    if (sign === '(') depth++
    else if (sign === ')' && depth-- === 0) return [...parts, text.slice(from, index)]
    else if (sign === ',' && depth === 0) {
      parts.push(text.slice(from, index))
      from = index + 1
    }
  }
  return [...parts, text.slice(from)]
}

function firstName(definition: string): string | undefined {
  const found = /^(?:\s|--[^\n]*\n)*(?:"([^"]+)"|`([^`]+)`|\[([^\]]+)\]|'([^']+)'|([^\s,()]+))/.exec(
    definition,
  )
  const name = found?.slice(1).find(group => group !== undefined)
  const isConstraint = /^(?:constraint|primary|unique|check|foreign)$/i.test(found?.[5] ?? '')
  return isConstraint ? undefined : name
}
