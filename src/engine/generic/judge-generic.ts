/** The model's judgement of a value that has no form of its own. */
import { featureGroupsOf, featuresOf, type GenericCandidate } from './features.ts'
import {
  type Evidence,
  explain,
  type Forest,
  type PackedForest,
  packForest,
  probabilityOf,
} from './forest.ts'
import { looksGenerated } from './looks-generated.ts'

/** Just above the confidence that is reported by default. */
const SURE_ENOUGH = 0.6

export interface GenericJudge {
  /** How likely the value is a secret, from 0 to 1. */
  judge(candidate: GenericCandidate): number
  /** What spoke for and against, strongest first. */
  explain(candidate: GenericCandidate): Evidence[]
}

interface Model {
  forest: Forest
  packed: PackedForest
  values: Float64Array
}

/** The model is only loaded when the first candidate comes. */
export function createGenericJudge(loadForest: () => Forest): GenericJudge {
  let loaded: Model | undefined
  return {
    judge(candidate) {
      const { packed, values } = describe(candidate)
      const probability = probabilityOf(packed, values)
      if (probability >= SURE_ENOUGH || !/pass|pwd|secret/i.test(candidate.name)) return probability
      return looksGenerated(candidate.value, featuresOf(candidate)) ? SURE_ENOUGH : probability
    },
    explain(candidate) {
      const { forest, values } = describe(candidate)
      return explain(forest, values)
    },
  }

  function describe(candidate: GenericCandidate): Model {
    loaded ??= load(loadForest())
    const { forest, values } = loaded
    const groups = featureGroupsOf(candidate) as readonly Record<string, number>[]
    for (let i = 0; i < values.length; i++) {
      const name = forest.features[i] ?? ''
      for (const group of groups) {
        const value = group[name]
        if (value === undefined) continue
        values[i] = value
        break
      }
    }
    return loaded
  }
}

function load(forest: Forest): Model {
  return { forest, packed: packForest(forest), values: new Float64Array(forest.features.length) }
}
