import { contextFeatures, type Surroundings } from './context-features.ts'
import { nameFeatures } from './name-features.ts'
import { valueFeatures } from './value-features.ts'

export interface GenericCandidate extends Surroundings {
  name: string
  value: string
  /** Offset of the value's first byte. */
  start: number
}

/** Everything the model looks at, by name. The model file names its features, so their order here is free. */
export function featuresOf(candidate: GenericCandidate) {
  const [value, name, context, relation] = featureGroupsOf(candidate)
  return { ...value, ...name, ...context, ...relation }
}

export type FeatureGroups = ReturnType<typeof featureGroupsOf>

/** The same in four parts: one object of so many fields is slow to make, and thousands of candidates come. */
export function featureGroupsOf(candidate: GenericCandidate) {
  const { name, value } = candidate
  return [
    valueFeatures(value),
    nameFeatures(name),
    contextFeatures(candidate),
    { nameInValue: Number(holds(value, name)) },
  ] as const
}

function holds(text: string, part: string): boolean {
  const plain = part.toLowerCase().replace(/[^a-z0-9]+/g, '')
  return (
    plain.length >= 3 &&
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '')
      .includes(plain)
  )
}
