import type { Classification, Secret } from '../model.ts'

/** A key of a .env file with the value that a program gets to see, as its dialect reads it. */
export interface SourceEntry {
  key: string
  line: number
  value: Secret
  classification: Classification
  /** Why only the running program knows its value: it stays where that reads it. */
  unknown?: string | undefined
}

/** What a template's value is made of: text, or the value of an entry in the vault. */
export type TemplatePart = { text: string } | { entry: string }

export interface DecidedEntry extends SourceEntry {
  /** Why it is stored or not. */
  reason: string
  parts: readonly TemplatePart[]
  /** What is to be written to the vault for it, if anything. */
  stored?: { name: string; value: string }
  /** Stays in the file: it opens the vault, or was left out by the user. */
  isLeft: boolean
}

export interface DecideOptions {
  /** Everything goes to the vault, not only secrets. */
  includeConfig: boolean
  /** What names of entries begin with: keys of several projects in one place. */
  prefix: string
  isSelected(key: string): boolean
  /** What a person decided about a key, whatever it looks like. */
  choiceOf(key: string): Choice | undefined
  /** Whether the vault is opened with it, so that it cannot lie in there. */
  opensVault(key: string): boolean
}

/** Where a value goes: to the vault, or as text into the template. */
export type Choice = 'store' | 'plain'

/** Shorter ones stand in other values by chance. */
const SHORTEST_PIECE = 8
const url = /^([a-z][\w+.-]*:\/\/[^\s/?#:@]*:)([^\s/]+)(@[^\s@]*)$/i

/**
 * Says for each key what is stored and what its template holds. A value that others are made of is stored once, and the
 * others keep their text with a reference in it: `postgres://app:{ssm:DB_PASSWORD}@db/app`.
 */
export function decideValues(entries: readonly SourceEntry[], options: DecideOptions): DecidedEntry[] {
  const taken = new Set(entries.map(({ key }) => key))
  const known = new Map<string, string>()
  const decided = new Map<SourceEntry, DecidedEntry>()
  for (const entry of entries) {
    const left = reasonToLeave(entry, options)
    const value = entry.value.reveal()
    if (left !== undefined)
      decided.set(entry, { ...entry, reason: left, parts: [{ text: value }], isLeft: true })
    else if (isStoredWhole(entry, options)) {
      if (value.length >= SHORTEST_PIECE && !known.has(value)) known.set(value, nameOf(entry.key))
      decided.set(entry, storeWhole(entry, nameOf(entry.key), value, reasonOf(entry, options)))
    }
  }
  for (const entry of entries) if (!decided.has(entry)) decided.set(entry, decideText(entry))
  return entries.flatMap(entry => decided.get(entry) ?? [])

  function decideText(entry: SourceEntry): DecidedEntry {
    const value = entry.value.reveal()
    const choice = options.choiceOf(entry.key)
    const reason = reasonOf(entry, options)
    const isSplit = entry.classification.class === 'secret' && choice === undefined
    const [, head = '', password = '', tail = ''] = (isSplit && url.exec(value)) || []
    if (password === '' || known.has(password))
      return { ...entry, reason, parts: splitAt(value, known), isLeft: false }
    const name = nameOf(freeName(`${entry.key}_PASSWORD`))
    known.set(password, name)
    const parts = [...splitAt(head, known), { entry: name }, ...splitAt(tail, known)]
    return { ...entry, reason, parts, stored: { name, value: password }, isLeft: false }
  }

  function nameOf(key: string): string {
    return `${options.prefix}${key}`
  }

  function freeName(wanted: string): string {
    let name = wanted
    for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`
    taken.add(name)
    return name
  }
}

/** Whether it is a URL of which only the password need be stored. */
export function holdsPassword(value: string): boolean {
  return url.test(value)
}

function reasonToLeave({ key, unknown }: SourceEntry, options: DecideOptions): string | undefined {
  if (options.opensVault(key)) return 'opens the vault itself'
  if (!options.isSelected(key)) return 'not selected'
  return options.choiceOf(key) === undefined ? unknown : undefined
}

function reasonOf({ key, classification }: SourceEntry, { choiceOf }: DecideOptions): string {
  return choiceOf(key) === undefined ? classification.reason : 'you chose so'
}

function isStoredWhole(
  { key, value, classification }: SourceEntry,
  { includeConfig, choiceOf }: DecideOptions,
): boolean {
  if (value.reveal() === '') return false
  const choice = choiceOf(key)
  if (choice !== undefined) return choice === 'store'
  if (classification.class === 'secret') return !holdsPassword(value.reveal())
  return includeConfig && classification.class === 'config'
}

function storeWhole(entry: SourceEntry, name: string, value: string, reason: string): DecidedEntry {
  return { ...entry, reason, parts: [{ entry: name }], stored: { name, value }, isLeft: false }
}

/** Text with references for the stored values in it, the longest first. */
function splitAt(text: string, known: ReadonlyMap<string, string>): TemplatePart[] {
  if (text === '') return []
  const values = [...known.keys()].sort((a, b) => b.length - a.length)
  const found = values.find(value => text.includes(value))
  if (found === undefined) return [{ text }]
  const at = text.indexOf(found)
  return [
    ...splitAt(text.slice(0, at), known),
    { entry: known.get(found) ?? '' },
    ...splitAt(text.slice(at + found.length), known),
  ]
}
