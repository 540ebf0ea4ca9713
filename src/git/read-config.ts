/** What we need of git's configuration, read as data: no includes, no environment, nothing that could run a program. */
export type GitConfig = ReadonlyMap<string, readonly string[]>

/**
 * Parses a configuration file (https://git-scm.com/docs/git-config#_syntax). Keys are `section.key` or
 * `section.subsection.key`, in lower case but for the subsection. A line that makes no sense is passed over.
 */
export function parseConfig(text: string): GitConfig {
  const values = new Map<string, string[]>()
  let section = ''
  for (const line of joinContinued(text)) {
    const header = /^\s*\[\s*([\w.-]+)(?:\s+"((?:\\.|[^"\\])*)")?\s*\](.*)$/.exec(line)
    if (header) section = sectionName(header[1] ?? '', header[2])
    const entry = /^\s*([A-Za-z][\w-]*)\s*(?:=(.*))?$/.exec(header ? (header[3] ?? '') : line)
    if (!entry || section === '') continue
    const key = `${section}.${entry[1]?.toLowerCase()}`
    values.set(key, [...(values.get(key) ?? []), entry[2] === undefined ? 'true' : unquote(entry[2])])
  }
  return values
}

function joinContinued(text: string): string[] {
  return text.replace(/\\\r?\n/g, '').split(/\r?\n/)
}

function sectionName(section: string, subsection: string | undefined): string {
  const name = section.toLowerCase()
  return subsection === undefined ? name : `${name}.${subsection.replace(/\\(.)/g, '$1')}`
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b' }

/** A value without its quotes, its comment and the blanks around it. */
function unquote(raw: string): string {
  let value = ''
  let kept = 0
  let quoted = false
  for (let at = 0; at < raw.length; at++) {
    const character = raw.charAt(at)
    if (character === '"') quoted = !quoted
    else if (character === '\\') value += escapes[raw.charAt(++at)] ?? raw.charAt(at)
    else if (!quoted && (character === '#' || character === ';')) break
    else value += character
    if (quoted || character.trim() !== '') kept = value.length
  }
  return value.slice(0, kept).replace(/^\s+/, '')
}

export function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(?:true|yes|on|[1-9]\d*)$/i.test(value)
}
