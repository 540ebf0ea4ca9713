/** The form of `.stanch.toml`. `schema/config-v1.schema.json` says the same to editors; a test holds the two together. */
import * as v from 'valibot'
import { severities } from '../model.ts'
import { isDay } from './is-day.ts'

const text = v.pipe(v.string(), v.nonEmpty())
const texts = v.array(text)
const severity = v.picklist(severities)
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

/** TOML's own date, or the same as text. */
const day = v.pipe(
  v.union([v.date(), v.string()]),
  v.transform(value => (typeof value === 'string' ? value : value.toISOString().slice(0, 10))),
  v.check(isDay, 'must be a day such as 2027-06-30'),
)

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const scanSchema = v.strictObject({
  include: v.optional(texts),
  exclude: v.optional(texts),
  rules: v.optional(texts),
  defaultRules: v.optional(v.boolean()),
  only: v.optional(texts),
  skip: v.optional(texts),
  minSeverity: v.optional(severity),
  minConfidence: v.optional(share),
  failOn: v.optional(severity),
  strict: v.optional(v.boolean()),
  baseline: v.optional(text),
  maxFileSize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  maxDecodeDepth: v.optional(count),
  maxArchiveDepth: v.optional(count),
  maxArchiveEntries: v.optional(count),
  maxArchiveSize: v.optional(count),
  maxArchiveRatio: v.optional(count),
})

const allowSchema = v.pipe(
  v.strictObject({
    rules: v.optional(texts),
    paths: v.optional(texts),
    reason: text,
    until: v.optional(day),
  }),
  v.check(({ rules, paths }) => rules !== undefined || paths !== undefined, 'names neither rules nor paths'),
)

const stagesSchema = v.strictObject({
  names: v.optional(texts),
  default: v.optional(text),
})

export const vaultTypes = [
  'azure',
  'env',
  'file',
  'gcp',
  'local',
  'memory',
  'secretsmanager',
  'ssm',
  'vault',
] as const

const vaultSchema = v.strictObject({
  type: v.picklist(vaultTypes),
  path: v.optional(text),
  prefix: v.optional(v.string()),
  region: v.optional(text),
  profile: v.optional(text),
  endpoint: v.optional(text),
  keyId: v.optional(text),
  address: v.optional(text),
  mount: v.optional(text),
  kvVersion: v.optional(v.picklist([1, 2])),
  auth: v.optional(v.picklist(['token', 'approle', 'kubernetes'])),
  role: v.optional(text),
  namespace: v.optional(text),
  project: v.optional(text),
  url: v.optional(text),
  file: v.optional(text),
  directory: v.optional(text),
  identityFile: v.optional(text),
  recipients: v.optional(texts),
})

const migrateSchema = v.strictObject({
  namespace: v.optional(text),
  vault: v.optional(text),
  recipes: v.optional(texts),
})

export const settingsSchema = v.strictObject({
  scan: v.optional(scanSchema, {}),
  allow: v.optional(v.array(allowSchema), []),
  stages: v.optional(stagesSchema, {}),
  vaults: v.optional(v.record(text, vaultSchema), {}),
  migrate: v.optional(migrateSchema, {}),
})

export type Settings = v.InferOutput<typeof settingsSchema>
