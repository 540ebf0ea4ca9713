/** rules/incident/*.toml → the checklist, the strategies, the regimes of law and the trap keys, checked against each other. */
import * as v from 'valibot'
import { UserError } from '../../errors.ts'
import type { Severity } from '../../model.ts'
import { readToml } from '../../settings/read-toml.ts'
import { isDuration } from '../plan/duration.ts'
import { type Exposure, phases, strategyIds, type Urgency, urgencies } from '../plan/plan.ts'

const text = v.pipe(v.string(), v.nonEmpty())
const id = v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be in kebab-case'))
const texts = v.optional(v.array(text), [])
const duration = v.pipe(v.string(), v.check(isDuration, 'must be an ISO 8601 duration'))
const day = v.pipe(v.string(), v.isoDate())
const perUrgency = v.strictObject({ immediate: duration, planned: duration, routine: duration })
const urgencyOf = v.strictObject({
  critical: v.picklist(urgencies),
  high: v.picklist(urgencies),
  medium: v.picklist(urgencies),
  low: v.picklist(urgencies),
})

const stepsSchema = v.strictObject({
  meta: v.strictObject({ version: day, sources: texts }),
  urgency: v.strictObject({ public: urgencyOf, private: urgencyOf, internal: urgencyOf }),
  steps: v.array(
    v.strictObject({
      id,
      title: text,
      phase: v.picklist(phases),
      clock: v.optional(v.picklist(['detection', 'monitoring']), 'detection'),
      due: perUrgency,
      role: v.picklist(['commander', 'responder', 'scribe', 'owner', 'analyst', 'legal']),
      needs: v.array(id),
      uses: v.optional(v.picklist(['identify', 'revoke', 'rotate', 'verify', 'delete', 'audit'])),
      what: v.optional(text),
      function: v.optional(text),
      commands: texts,
      evidence: texts,
    }),
  ),
})

const strategiesSchema = v.strictObject({
  strategies: v.array(
    v.strictObject({
      id: v.picklist(strategyIds),
      title: text,
      when: text,
      order: v.array(id),
      needs: v.record(id, v.array(id)),
      steps: v.array(text),
    }),
  ),
})

const legalSchema = v.strictObject({
  meta: v.strictObject({ version: day, disclaimer: text }),
  regimes: v.array(
    v.strictObject({
      id,
      name: text,
      trigger: text,
      applies: text,
      source: v.pipe(v.string(), v.url()),
      /** When the source was last compared; `never` for what was written from memory. */
      checked: v.union([day, v.literal('never')]),
      /** In force since. */
      from: v.optional(day),
      note: v.optional(text),
      notices: v.array(
        v.strictObject({
          id,
          to: text,
          within: duration,
          days: v.optional(v.picklist(['calendar', 'business']), 'calendar'),
          after: v.optional(id),
        }),
      ),
    }),
  ),
})

const honeytokensSchema = v.strictObject({
  meta: v.strictObject({ version: day }),
  honeytokens: v.array(
    v.strictObject({
      kind: v.picklist(['host', 'aws-account', 'fingerprint', 'provider']),
      value: text,
      note: text,
      source: v.optional(text),
    }),
  ),
})

const schemas = {
  steps: stepsSchema,
  strategies: strategiesSchema,
  legal: legalSchema,
  honeytokens: honeytokensSchema,
}

export type StepData = v.InferOutput<typeof stepsSchema>['steps'][number]
export type StrategyData = v.InferOutput<typeof strategiesSchema>['strategies'][number]
export type RegimeData = v.InferOutput<typeof legalSchema>['regimes'][number]
export type Honeytoken = v.InferOutput<typeof honeytokensSchema>['honeytokens'][number]

export interface IncidentData {
  version: string
  urgency: Record<Exposure, Record<Severity, Urgency>>
  steps: StepData[]
  strategies: StrategyData[]
  disclaimer: string
  regimes: RegimeData[]
  honeytokens: Honeytoken[]
}

/**
 * @param read gives the text of `steps.toml` and so on
 * @throws UserError that names the file, the entry and the field
 */
export function readIncidentData(read: (name: string) => string): IncidentData {
  const parse = <Name extends keyof typeof schemas>(name: Name): v.InferOutput<(typeof schemas)[Name]> =>
    readToml(`${name}.toml`, read(`${name}.toml`), schemas[name], 'docs/incident.md')
  const { meta, urgency, steps } = parse('steps')
  const { strategies } = parse('strategies')
  const legal = parse('legal')
  checkSteps(steps)
  checkStrategies(strategies, steps)
  for (const regime of legal.regimes) checkNotices(regime)
  return {
    version: meta.version,
    urgency,
    steps,
    strategies,
    disclaimer: legal.meta.disclaimer,
    regimes: legal.regimes,
    honeytokens: parse('honeytokens').honeytokens,
  }
}

/** Needs stand before what needs them, so there is no circle. */
function checkSteps(steps: readonly StepData[]): void {
  for (const [i, step] of steps.entries()) {
    const before = steps.slice(0, i).map(({ id }) => id)
    if (before.includes(step.id)) refuse('steps', `step "${step.id}" stands there twice`)
    const unknown = step.needs.find(need => !before.includes(need))
    if (unknown !== undefined)
      refuse('steps', `step "${step.id}" needs "${unknown}", which does not stand before it`)
  }
}

function checkStrategies(strategies: readonly StrategyData[], steps: readonly StepData[]): void {
  const known = steps.map(({ id }) => id)
  for (const { id, order, needs } of strategies) {
    const named = [...order, ...Object.keys(needs), ...Object.values(needs).flat()]
    const unknown = named.find(name => !known.includes(name))
    if (unknown !== undefined) refuse('strategies', `strategy "${id}" names the unknown step "${unknown}"`)
  }
  const missing = strategyIds.find(id => !strategies.some(strategy => strategy.id === id))
  if (missing !== undefined) refuse('strategies', `strategy "${missing}" is missing`)
}

function checkNotices({ id, notices }: RegimeData): void {
  for (const [i, { id: notice, after }] of notices.entries()) {
    if (after !== undefined && !notices.slice(0, i).some(before => before.id === after))
      refuse(
        'legal',
        `regime "${id}": notice "${notice}" comes after "${after}", which does not stand before it`,
      )
  }
}

function refuse(file: string, what: string): never {
  throw new UserError(`${file}.toml: ${what}`, 'Mend the file; docs/incident.md has the form.')
}
