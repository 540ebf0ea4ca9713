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
  'doppler',
  'env',
  'file',
  'gcp',
  'github',
  'infisical',
  'kubernetes',
  'local',
  'memory',
  'onepassword',
  'secretsmanager',
  'ssm',
  'vault',
] as const

/** What one kind of store takes has a section in docs/vaults.md. */
const vaultSchema = v.strictObject({
  type: v.picklist(vaultTypes),
  path: v.optional(text),
  namespace: v.optional(text),
  prefix: v.optional(v.string()),
  cacheSeconds: v.optional(count),
  readOnly: v.optional(v.boolean()),
  fallback: v.optional(texts),
  endpoint: v.optional(text),
  address: v.optional(text),
  region: v.optional(text),
  profile: v.optional(text),
  keyId: v.optional(text),
  tier: v.optional(v.picklist(['Standard', 'Advanced', 'Intelligent-Tiering'])),
  recoveryDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(7), v.maxValue(30))),
  mount: v.optional(text),
  kvVersion: v.optional(v.picklist([1, 2])),
  auth: v.optional(v.picklist(['token', 'approle', 'kubernetes', 'jwt'])),
  authMount: v.optional(text),
  role: v.optional(text),
  vaultNamespace: v.optional(text),
  project: v.optional(text),
  config: v.optional(text),
  environment: v.optional(text),
  repository: v.optional(text),
  organization: v.optional(text),
  folder: v.optional(text),
  context: v.optional(text),
  name: v.optional(text),
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
export type VaultSettings = Settings['vaults'][string]
