/** An entry of a store as a line of a template. */
export interface EntryLine {
  /** The variable. */
  name: string
  /** `NAME={vault}`, or with the path where it has another name. */
  text: string
}

export interface NamedEntries {
  lines: EntryLine[]
  /** Entries that no reference can name, or that would be called as another one; with the reason. */
  refused: { entry: string; reason: string }[]
}

/** @param taken names and references (`vault:path`) that the template has already */
export function nameEntries(
  entries: readonly string[],
  vault: string,
  taken: ReadonlySet<string>,
): NamedEntries {
  const lines: EntryLine[] = []
  const refused: NamedEntries['refused'] = []
  const names = new Set(taken)
  for (const entry of entries) {
    if (taken.has(`${vault}:${entry}`)) continue
    const name = variableName(entry)
    if (!/^[A-Za-z0-9_.#+=-][A-Za-z0-9_.#+=/-]*$/.test(entry))
      refused.push({ entry, reason: 'a reference cannot spell its name' })
    else if (names.has(name)) refused.push({ entry, reason: `the template has a ${name} already` })
    else {
      names.add(name)
      lines.push({ name, text: `${name}=${name === entry ? `{${vault}}` : `{${vault}:${entry}}`}` })
    }
  }
  return { lines, refused }
}

/** `billing/api-key` is BILLING_API_KEY. A name that can be one stays. */
export function variableName(entry: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(entry)) return entry
  const name = entry.replace(/[^A-Za-z0-9]/g, '_').toUpperCase()
  return /^\d/.test(name) ? `_${name}` : name
}
