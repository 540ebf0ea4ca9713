/**
 * Where a key lies in a store: `/{namespace}/{stage}/{KEY}` and the like. `{KEY}` is the end, so that the entries of a
 * stage are those under one prefix. A part without a value goes with the separator behind it.
 */
import { UserError } from '../errors.ts'
import type { VaultScope } from './vault.ts'

export interface Address {
  /** What all names of this scope in the store start with. */
  prefix: string
  toStore(key: string): string
  refuses(key: string): string | undefined
  /** Undefined for a name of another scope. */
  toKey(name: string): string | undefined
}

/** How a store that cannot spell all keys writes them. */
export interface Spelling {
  write(key: string): string
  read(name: string): string
  /** Why a key cannot be told from another one there. */
  refuses?(key: string): string | undefined
}

const plain: Spelling = { write: key => key, read: name => name }

/** @throws UserError for a template without `{KEY}` at its end, or a scope that would break out of its place */
export function createAddress(
  template: string,
  scope: Partial<VaultScope>,
  spelling: Spelling = plain,
): Address {
  const prefix = prefixOf(template, scope, spelling)
  return {
    prefix,
    refuses: key => spelling.refuses?.(key),
    toStore: key => prefix + spelling.write(key),
    toKey: name => (name.startsWith(prefix) ? spelling.read(name.slice(prefix.length)) : undefined),
  }
}

const KEY = '{KEY}'

function prefixOf(template: string, scope: Partial<VaultScope>, spelling: Spelling): string {
  const unknown = template.match(/\{[^}]*\}/g)?.find(part => !['{namespace}', '{stage}', KEY].includes(part))
  if (
    unknown !== undefined ||
    !template.endsWith(KEY) ||
    template.indexOf(KEY) !== template.length - KEY.length
  )
    throw new UserError(
      `the path "${template}" ${unknown === undefined ? 'does not end with {KEY}' : `has an unknown part ${unknown}`}`,
      'Write it with {namespace}, {stage} and, at its end, {KEY}: such as /{namespace}/{stage}/{KEY}.',
    )
  return template
    .slice(0, -KEY.length)
    .replace(/\{(namespace|stage)\}([^{]*)/g, (_, part: 'namespace' | 'stage', rest: string) => {
      const value = trimmed(scope[part] ?? '')
      checkPart(part, value, spelling)
      return value === '' ? '' : spelling.write(value) + rest
    })
}

/** `/shop/` and `shop` are the same namespace. */
function trimmed(part: string): string {
  return part.replace(/^\/+|\/+$/g, '')
}

/** A stage is one word; a namespace may have levels. Neither climbs. */
function checkPart(part: 'namespace' | 'stage', value: string, spelling: Spelling): void {
  const levels = value.split('/')
  if (
    value !== '' &&
    (levels.some(level => /^\.*$/.test(level)) ||
      (part === 'stage' && levels.length > 1) ||
      spelling.refuses?.(value))
  )
    throw new UserError(`"${value}" is no ${part}`, 'Use letters, digits, dashes and underscores.')
}
