import { Secret } from '../model.ts'
import type { Reference } from './parse-value.ts'
import { type Assignment, identify, referencesOf } from './template.ts'

export const missingPolicies = ['fail', 'remove', 'blank', 'skip'] as const
/** What becomes of a variable whose entry is not there: `remove` leaves it out, `blank` makes it empty, `skip` keeps the reference's text. */
export type MissingPolicy = (typeof missingPolicies)[number]

/** What a variable comes to. */
export interface Evaluated {
  assignment: Assignment
  /** Undefined where it is left out. */
  value: Secret | undefined
  /** The values of entries that went into it. */
  secrets: readonly Secret[]
  missing: readonly Reference[]
}

/** Values by `identify`; an entry that is not there has none. */
export type Values = ReadonlyMap<string, Secret>

/** The same for `run` and `render`. Under `fail` a variable with a missing entry has no value: the caller refuses. */
export function evaluate(assignment: Assignment, values: Values, policy: MissingPolicy): Evaluated {
  const found = referencesOf(assignment).map(reference => ({
    reference,
    value: values.get(identify(reference)),
  }))
  const missing = found.flatMap(({ reference, value }) => (value ? [] : [reference]))
  const secrets = found.flatMap(({ value }) => value ?? [])
  const about = { assignment, secrets, missing }
  if (missing.length > 0 && policy !== 'skip')
    return { ...about, value: policy === 'blank' ? new Secret('') : undefined }
  const texts = assignment.parts.map(part =>
    part.kind === 'text' ? part.text : (values.get(identify(part))?.reveal() ?? part.text),
  )
  return { ...about, value: new Secret(texts.join('')) }
}
