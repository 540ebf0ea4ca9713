/** The model's judgement of a value that has no form of its own. */
import { type Features, featuresOf, type GenericCandidate } from './features.ts'
import { type Evidence, explain, type Forest, probabilityOf } from './forest.ts'

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
    judge: candidate => probabilityOf(forest(), valuesOf(candidate)),
    explain: candidate => explain(forest(), valuesOf(candidate)),
  }

  function forest(): Forest {
    loaded ??= loadForest()
    return loaded
  }

  function valuesOf(candidate: GenericCandidate): number[] {
    const features: Features = featuresOf(candidate)
    return forest().features.map(name => features[name as keyof Features])
  }
}
