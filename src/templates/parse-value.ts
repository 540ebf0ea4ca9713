/**
 * What a value of a template is made of. `{vault}` names the entry that is called as the variable is, `{vault:path}` and
 * `{vault:path@version}` any entry; `op://vault/item/field` stands alone or in `{{ }}`. What follows a `|` in a reference
 * (Keep's attributes) says nothing to us. `\{` is a brace, `\\{` a backslash before one. `${…}` and `{{…}}` are text.
 */

/** The place of a value in a store. */
export interface Reference {
  kind: 'reference'
  /** Name of a configured vault, or a kind of store; `op://NAME` for a vault of 1Password. */
  vault: string
  path: string
  version: string | undefined
  /** As it is written. */
  text: string
}

export interface Text {
  kind: 'text'
  text: string
}

export type Part = Reference | Text

const path = String.raw`[A-Za-z0-9_.#+=-][A-Za-z0-9_.#+=/-]*`
const braced = String.raw`\{(?<vault>[A-Za-z0-9][A-Za-z0-9_-]*)(?::(?<path>${path})(?:@(?<version>[A-Za-z0-9_.-]+))?(?:\|[^{}]*)?)?\}`
const sealed = String.raw`\{\{\s*(?<op>op:\/\/[^{}]+?)\s*\}\}`
const plain = String.raw`(?<escapes>\\+)(?=\{)|\$\{|\{\{+`
const form = new RegExp(`${sealed}|${plain}|${braced}`, 'g')

export function isOpVault(vault: string): boolean {
  return vault.startsWith('op://')
}

/** @param key the variable's name, for references that name no path */
export function parseValue(value: string, key: string): Part[] {
  if (/^op:\/\/[^{}]+$/.test(value)) return [opReference(value, value)]
  const parts: Part[] = []
  let done = 0
  form.lastIndex = 0
  for (let found = form.exec(value); found; found = form.exec(value)) {
    const { vault, path = key, version, op, escapes } = found.groups ?? {}
    addText(parts, value.slice(done, found.index))
    done = form.lastIndex
    if (op !== undefined) parts.push(opReference(op, found[0]))
    else if (vault !== undefined) parts.push({ kind: 'reference', vault, path, version, text: found[0] })
    else if (escapes === undefined) addText(parts, found[0])
    else {
      addText(parts, '\\'.repeat(escapes.length >> 1))
      // An odd one makes text of the brace.
      if (escapes.length % 2 === 1) {
        addText(parts, '{')
        form.lastIndex = done += 1
      }
    }
  }
  addText(parts, value.slice(done))
  return parts
}

/** `op://vault/item/field`, or with a section before the field; the field is what `vault` takes it by. */
function opReference(address: string, text: string): Reference {
  const [vault = '', item = '', ...rest] = address.slice('op://'.length).replace(/\?.*$/, '').split('/')
  const field = rest.at(-1)
  const path = field === undefined ? item : `${item}#${field}`
  return { kind: 'reference', vault: `op://${vault}`, path, version: undefined, text }
}

function addText(parts: Part[], text: string): void {
  const last = parts.at(-1)
  if (last?.kind === 'text') last.text += text
  else if (text !== '') parts.push({ kind: 'text', text })
}
