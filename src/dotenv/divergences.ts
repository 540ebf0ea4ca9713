import { type Environment, valuesOf } from './dialect.ts'
import { type DialectName, dialects } from './index.ts'

/** A variable that programs reading the same file see differently. Never holds a value. */
export interface Divergence {
  /** Empty for a line that holds no variable and for which a program refuses the file. */
  key: string
  line: number
  /** In alphabetical order; all that were compared. */
  dialects: DialectName[]
  message: string
}

/**
 * Compares what the dialects in use make of one file; only keys on which they differ are told. A program that refuses the
 * whole file is told once, at the line that it stumbles over.
 */
export function findDivergences(
  text: string,
  inUse: readonly DialectName[],
  environment: Environment = {},
): Divergence[] {
  const names = [...new Set(inUse)].sort()
  if (names.length < 2) return []
  const readings = names.map(name => read(name, text, environment))
  const lines = new Map(readings.flatMap(reading => [...reading.lines]))
  for (const { refusedAt } of readings)
    if (refusedAt !== undefined && ![...lines.values()].includes(refusedAt)) lines.set('', refusedAt)
  return [...lines]
    .flatMap(([key, line]) => {
      const groups = groupByView(readings, key, line)
      if (groups.size < 2 && key !== '') return []
      return [{ key, line, dialects: names, message: describe([...groups]) }]
    })
    .sort((a, b) => a.line - b.line || (a.key < b.key ? -1 : 1))
}

interface Reading {
  name: DialectName
  lines: ReadonlyMap<string, number>
  values: ReadonlyMap<string, string | null>
  /** Keys whose values only the running program knows. */
  unsure: ReadonlySet<string>
  /** The line for which it takes nothing of the file. */
  refusedAt: number | undefined
}

function read(name: DialectName, text: string, environment: Environment): Reading {
  const evaluation = dialects[name].evaluate(text, environment)
  const { variables, notices } = evaluation
  const unsure = notices.filter(({ kind }) => kind === 'syntax' || kind === 'command')
  return {
    name,
    lines: new Map(variables.map(({ key, line }) => [key, line])),
    values: valuesOf(evaluation),
    unsure: new Set(unsure.flatMap(({ key }) => key ?? [])),
    refusedAt: notices.find(({ kind }) => kind === 'refused')?.line,
  }
}

const unsure = Symbol('known when it runs')
const refused = Symbol('refuses the file')
/** What a program makes of a key: a value, no value, not set, or one of the above. */
type View = string | null | undefined | typeof unsure | typeof refused

/** Of the keys beside the one for which it refuses the file, a program's view is what it would be without that line. */
function groupByView(readings: readonly Reading[], key: string, line: number): Map<View, DialectName[]> {
  const groups = new Map<View, DialectName[]>()
  for (const { name, values, unsure: unsureKeys, refusedAt } of readings) {
    const refuses = refusedAt === line
    if (!refuses && (key === '' || (refusedAt !== undefined && values.size === 0))) continue
    const value = values.get(key)
    const isUnsure = unsureKeys.has(key) && typeof value === 'string'
    const view = refuses ? refused : isUnsure ? unsure : value
    groups.set(view, [...(groups.get(view) ?? []), name])
  }
  return groups
}

/** `dotenv, node: one value; docker: another value; sh: not set` — which agree, without what they see. */
function describe(groups: readonly (readonly [View, readonly DialectName[]])[]): string {
  let seen = 0
  return groups
    .map(([view, readers]) => {
      const who = readers.join(', ')
      if (view === refused) return `${who}: refuses the whole file`
      if (view === unsure) return `${who}: a value that is known when it runs`
      if (view === undefined) return `${who}: not set`
      if (view === null) return `${who}: no value`
      return `${who}: ${view === '' ? 'empty' : seen++ === 0 ? 'one value' : 'another value'}`
    })
    .join('; ')
}
