import { readFileSync } from 'node:fs'
import { createGenericJudge, type GenericJudge } from '../engine/generic/judge-generic.ts'
import { assetPath } from '../system/assets.ts'

/** The judge of values without a form, with the model that bench/quality/train.py learned; read when first asked. */
export function loadGenericJudge(): GenericJudge {
  return createGenericJudge(() => JSON.parse(readFileSync(assetPath('rules/generic/model.json'), 'utf8')))
}
