/** The model's judgement of a value that has no form of its own. */
import type { Evidence } from '../../model.ts'
import { isPlaceholder } from '../placeholders.ts'
import { isInManual, pathFeatures } from './context-features.ts'
import { explain } from './explain-forest.ts'
import { type FeatureGroups, featureGroupsOf, type GenericCandidate } from './features.ts'
import { type Forest, type ForestData, highestProbabilityOf, probabilityOf, toForest } from './forest.ts'
import { looksGenerated } from './looks-generated.ts'
import { isNeverSecret } from './never-secret.ts'
import { rememberJudgements } from './remember-judgements.ts'

/** Just above the confidence that is reported by default. */
const SURE_ENOUGH = 0.6

export interface GenericJudge {
  /** How likely the value is a secret, from 0 to 1. Of what is less likely than `least` it only says so. */
  judge(candidate: GenericCandidate): number
  /** The most that it could be whatever the file is called: never less than `judge` says of the same text. */
  judgeAnywhere(candidate: GenericCandidate): number
  /** What spoke for and against, strongest first. */
  explain(candidate: GenericCandidate): Evidence[]
}

interface Model {
  forest: Forest
  values: Float64Array
  /** For each feature the group that has it, and its place there. */
  groupOf: Int8Array
  placeOf: Int8Array
  /** Feature → 1 for one that the path tells. */
  isOfPath: Uint8Array
}

/**
 * The model is only loaded when the first candidate comes.
 * @param least what is less likely a secret counts no more than another such value
 */
export function createGenericJudge(loadForest: () => ForestData, least = 0): GenericJudge {
  let loaded: Model | undefined
  return {
    judge: rememberJudgements({ isRuledOut, weigh }),
    judgeAnywhere(candidate) {
      if (isRuledOut(candidate)) return 0
      const { model, groups } = describe(candidate)
      return orGenerated(highestProbabilityOf(model.forest, model.values, model.isOfPath), candidate, groups)
    },
    explain(candidate) {
      const { forest, values } = describe(candidate).model
      return explain(forest, values)
    },
  }

  function weigh(candidate: GenericCandidate): number {
    if (isInManual(candidate.path)) return 0
    const { model, groups } = describe(candidate)
    return orGenerated(probabilityOf(model.forest, model.values, least), candidate, groups)
  }

  function describe(candidate: GenericCandidate) {
    const groups = featureGroupsOf(candidate)
    loaded ??= load(toForest(loadForest()), groups)
    const { values, groupOf, placeOf } = loaded
    // To ask an object for dozens of names is slow where the name is no constant.
    const columns = groups.map(group => Object.values(group))
    for (let i = 0; i < values.length; i++) values[i] = columns[groupOf[i]!]![placeOf[i]!]!
    return { model: loaded, groups }
  }
}

/** Whether no model need look at the value. */
export function isRuledOut({ name, value }: GenericCandidate): boolean {
  return isNeverSecret(name, value) || isPlaceholder(value)
}

function orGenerated(probability: number, { name, value }: GenericCandidate, groups: FeatureGroups): number {
  if (probability >= SURE_ENOUGH || !/pass|pwd|secret/i.test(name)) return probability
  return looksGenerated(name, value, groups) ? SURE_ENOUGH : probability
}

function load(forest: Forest, groups: FeatureGroups): Model {
  const ofPath = pathFeatures('')
  const names = groups.map(group => Object.keys(group))
  const groupOf = Int8Array.from(forest.features, name => names.findIndex(group => group.includes(name)))
  return {
    forest,
    values: new Float64Array(forest.features.length),
    groupOf,
    placeOf: Int8Array.from(forest.features, (name, i) => names[groupOf[i]!]!.indexOf(name)),
    isOfPath: Uint8Array.from(forest.features, name => Number(name in ofPath)),
  }
}
