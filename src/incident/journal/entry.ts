/** What a journal is made of: a line an entry, each bound to the one before it by a hash. */
import * as v from 'valibot'
import { severities } from '../../model.ts'
import { actionClasses, exposures, phases, strategyIds, urgencies } from '../plan/plan.ts'

const text = v.string()
const time = v.pipe(v.string(), v.isoTimestamp())
const texts = v.array(text)

const stepSchema = v.object({
  id: text,
  title: text,
  phase: v.picklist(phases),
  within: text,
  clock: text,
  role: text,
  needs: texts,
  what: v.exactOptional(text),
  commands: texts,
  evidence: texts,
  class: v.picklist(actionClasses),
  quirks: texts,
  function: v.exactOptional(text),
  source: v.exactOptional(text),
  checked: v.exactOptional(text),
})

const noticeSchema = v.object({
  regime: text,
  id: text,
  name: text,
  trigger: text,
  applies: text,
  to: text,
  chain: v.array(v.object({ within: text, days: v.picklist(['calendar', 'business']) })),
  source: text,
  checked: text,
  note: v.exactOptional(text),
})

const planSchema = v.object({
  provider: text,
  severity: v.picklist(severities),
  exposed: v.picklist(exposures),
  urgency: v.picklist(urgencies),
  strategy: v.picklist(strategyIds),
  strategyReason: text,
  strategySteps: texts,
  propagation: v.exactOptional(text),
  exposes: v.exactOptional(text),
  steps: v.array(stepSchema),
  legal: v.array(noticeSchema),
})

/** The leaked credential; never its value. */
const findingSchema = v.object({
  fingerprint: text,
  rule: text,
  description: text,
  masked: text,
})

/** What was known of the exposure when the incident was opened. */
const factsSchema = v.object({
  places: texts,
  /** Where there are more than are listed. */
  placeCount: v.number(),
  firstCommit: v.exactOptional(v.object({ commit: text, author: text, date: text, path: text })),
  commits: texts,
  refs: texts,
  tags: texts,
  images: texts,
  envFiles: texts,
  unreachable: v.number(),
  remotes: texts,
  /** Of traps (honeytokens) and the like, to be read before any probe. */
  warnings: texts,
})

const clockSchema = v.object({ time, source: text })
/** A file that was handed in as evidence: its hash, and where a copy without secrets lies. */
const fileSchema = v.object({
  name: text,
  sha256: text,
  bytes: v.number(),
  copy: v.exactOptional(text),
  masked: v.number(),
})

const bodySchema = v.variant('type', [
  v.object({
    type: v.literal('opened'),
    id: text,
    rules: text,
    isDrill: v.boolean(),
    parent: v.exactOptional(text),
    finding: v.exactOptional(findingSchema),
    facts: factsSchema,
    clocks: v.record(text, clockSchema),
    plan: planSchema,
  }),
  v.object({ type: v.literal('assessed'), reason: text, plan: planSchema }),
  v.object({
    type: v.literal('done'),
    step: text,
    /** When it was done, which may be before it was written down. */
    doneAt: time,
    evidence: v.exactOptional(text),
    file: v.exactOptional(fileSchema),
    /** The credential that was used, where that matters. */
    principal: v.exactOptional(text),
  }),
  v.object({ type: v.literal('waived'), step: text, reason: text }),
  v.object({ type: v.literal('reopened'), step: text, reason: text }),
  v.object({ type: v.literal('note'), text, file: v.exactOptional(fileSchema) }),
  v.object({ type: v.literal('clock'), name: text, time }),
  v.object({ type: v.literal('child'), id: text }),
  v.object({ type: v.literal('closed') }),
])

const frameSchema = v.object({
  /** Counts from 1. */
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  at: time,
  by: text,
  /** Hash of the entry before; of the first one the empty text. */
  prev: text,
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
})

export type EntryBody = v.InferOutput<typeof bodySchema>
export type EntryFrame = v.InferOutput<typeof frameSchema>
export type Entry = EntryFrame & EntryBody
export type Finding = v.InferOutput<typeof findingSchema>
export type ExposureFacts = v.InferOutput<typeof factsSchema>
export type EvidenceFile = v.InferOutput<typeof fileSchema>
export type Clock = v.InferOutput<typeof clockSchema>

/** Data of a journal's line → an entry; undefined for what is none. */
export function toEntry(data: unknown): Entry | undefined {
  const frame = v.safeParse(frameSchema, data)
  const body = v.safeParse(bodySchema, data)
  return frame.success && body.success ? { ...frame.output, ...body.output } : undefined
}
