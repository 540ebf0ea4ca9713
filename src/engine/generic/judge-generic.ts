/** The model's judgement of a value that has no form of its own. */
import { type Features, featuresOf, type GenericCandidate } from './features.ts'
import { type Evidence, explain, type Forest, probabilityOf } from './forest.ts'
import { looksGenerated } from './looks-generated.ts'

/** Just above the confidence that is reported by default. */
const SURE_ENOUGH = 0.6

export interface GenericJudge {
  /** How likely the value is a secret, from 0 to 1. */
  judge(candidate: GenericCandidate): number
  /** What spoke for and against, strongest first. */
  explain(candidate: GenericCandidate): Evidence[]
}

/** The model is only loaded when the first candidate comes. */
export function createGenericJudge(loadForest: () => Forest): GenericJudge {
  let loaded: Forest | undefined
  return {
    judge(candidate) {
      const features = featuresOf(candidate)
      const probability = probabilityOf(forest(), valuesOf(features))
      return looksGenerated(candidate, features) ? Math.max(probability, SURE_ENOUGH) : probability
    },
    explain: candidate => explain(forest(), valuesOf(featuresOf(candidate))),
  }

  function forest(): Forest {
    loaded ??= loadForest()
    return loaded
  }

  function valuesOf(features: Features): number[] {
    return forest().features.map(name => features[name as keyof Features])
  }
}
