import { createGenericJudge, type GenericJudge } from '../engine/generic/judge-generic.ts'
import { readAsset } from '../system/assets.ts'

/** The judge of values without a form, with the model that bench/quality/train.py learned; read when first asked. */
export function loadGenericJudge(least?: number): GenericJudge {
  return createGenericJudge(() => JSON.parse(readAsset('rules/generic/model.json').toString('utf8')), least)
}
