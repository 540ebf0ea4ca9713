import { type Environment, valuesOf } from './dialect.ts'
import { type DialectName, dialects } from './index.ts'

/** A variable that programs reading the same file see differently. Never holds a value. */
export interface Divergence {
  key: string
  line: number
  /** In alphabetical order; all that were compared. */
  dialects: DialectName[]
  message: string
}

/** Compares what the dialects in use make of one file; only keys on which they differ are told. */
export function findDivergences(
  text: string,
  inUse: readonly DialectName[],
  environment: Environment = {},
): Divergence[] {
  const names = [...new Set(inUse)].sort()
  const readings = names.map(name => {
    const evaluation = dialects[name].evaluate(text, environment)
    return { name, values: valuesOf(evaluation), variables: evaluation.variables }
  })
  const lines = new Map(
    readings.flatMap(({ variables }) => variables.map(({ key, line }) => [key, line] as const)),
  )
  return [...lines]
    .flatMap(([key, line]) => {
      const groups = groupByValue(readings, key)
      if (groups.size < 2) return []
      return [{ key, line, dialects: names, message: describe([...groups.entries()]) }]
    })
    .sort((a, b) => a.line - b.line || (a.key < b.key ? -1 : 1))
}

function groupByValue(readings: readonly Reading[], key: string): Map<string | null | undefined, Reading[]> {
  const groups = new Map<string | null | undefined, Reading[]>()
  for (const reading of readings) {
    const value = reading.values.get(key)
    groups.set(value, [...(groups.get(value) ?? []), reading])
  }
  return groups
}

interface Reading {
  name: DialectName
  values: ReadonlyMap<string, string | null>
}

type Group = readonly [string | null | undefined, readonly { name: DialectName }[]]

/** `dotenv, node: set; docker: another value; sh: not set` — which agree, without what they see. */
function describe(groups: readonly Group[]): string {
  let seen = 0
  return groups
    .map(([value, readers]) => {
      const who = readers.map(({ name }) => name).join(', ')
      if (value === undefined) return `${who}: not set`
      if (value === null) return `${who}: no value`
      return `${who}: ${value === '' ? 'empty' : seen++ === 0 ? 'one value' : 'another value'}`
    })
    .join('; ')
}
