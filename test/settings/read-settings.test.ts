import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'smol-toml'
import { expect, test } from 'vitest'
import { readSettings } from '../../src/settings/read-settings.ts'
import { settingsSchema } from '../../src/settings/settings-schema.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../schema/config-v1.schema.json', import.meta.url), 'utf8'),
)
const isValidBySchema = new Ajv2020().compile(schema)

const whole = `
[scan]
exclude = ["vendor/**"]
minSeverity = "low"
rules = ["security/rules/"]
baseline = ".stanch-baseline.jsonl"
[[allow]]
rules = ["generic-password"]
paths = ["test/**"]
reason = "made-up values"
until = 2027-06-30
[stages]
names = ["local", "staging", "production"]
default = "local"
[vaults.ssm]
type = "ssm"
region = "eu-west-1"
path = "/{namespace}/{stage}/{KEY}"
[migrate]
namespace = "shop"
`

test('the example of the manual is understood', () => {
  expect(readSettings('.stanch.toml', whole)).toEqual({
    scan: {
      exclude: ['vendor/**'],
      minSeverity: 'low',
      rules: ['security/rules/'],
      baseline: '.stanch-baseline.jsonl',
    },
    allow: [
      {
        rules: ['generic-password'],
        paths: ['test/**'],
        reason: 'made-up values',
        until: '2027-06-30',
      },
    ],
    stages: { names: ['local', 'staging', 'production'], default: 'local' },
    vaults: { ssm: { type: 'ssm', region: 'eu-west-1', path: '/{namespace}/{stage}/{KEY}' } },
    migrate: { namespace: 'shop' },
  })
})

const mistakes: [source: string, said: string, hint: string][] = [
  ['[scna]', 'field "scna": unknown field', 'Did you mean "scan"?'],
  ['[scan]\nexclde = ["a"]', 'field "scan.exclde": unknown field', 'Did you mean "exclude"?'],
  ['[scan]\nminSeverity = "hgh"', 'field "scan.minSeverity": got "hgh"', 'Expected ("low" | '],
  ['[scan]\nexclude = "a"', 'field "scan.exclude": got "a"', 'Expected Array'],
  ['[[allow]]\nrules = ["x"]', 'allow number 1: field "reason": is missing', 'Add the field'],
  ['[[allow]]\nreason = "x"', 'allow number 1: names neither rules nor paths', 'docs/settings.md'],
  ['[[allow]]\nreason = "x"\npaths = ["a"]\nuntil = "soon"', 'must be a day such as 2027-06-30', ''],
  ['[[allow]]\nreason = "x"\npaths = ["a"]\nuntil = "2027-02-30"', 'must be a day', ''],
  ['[vaults.x]\ntype = "smm"', 'field "vaults.x.type": got "smm"', ''],
  ['[scan', '.stanch.toml:1:', 'Mend the line'],
]

test.each(mistakes)('%j is refused with the place and a hint', (source, said, hint) => {
  expect(() => readSettings('.stanch.toml', source)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(said),
      hint: expect.stringContaining(hint),
    }),
  )
})

test.each([whole, '', ...mistakes.slice(0, 6).map(([source]) => source), mistakes[8]?.[0] ?? ''])(
  'the published schema says the same of %j',
  source => {
    // TOML's own dates reach editors as text.
    const data: unknown = JSON.parse(JSON.stringify(parse(source)))
    expect(isValidBySchema(data)).toBe(accepts(source))
  },
)

test('the published schema knows the same fields', () => {
  expect(fieldsOfJsonSchema(schema, '')).toEqual(fieldsOfValibot(settingsSchema, ''))
})

function accepts(source: string): boolean {
  try {
    readSettings('f', source)
    return true
  } catch {
    return false
  }
}

interface JsonSchema {
  properties?: Record<string, JsonSchema>
  additionalProperties?: JsonSchema | boolean
  items?: JsonSchema
}

function fieldsOfJsonSchema(at: JsonSchema, path: string): string[] {
  const own = Object.entries(at.properties ?? {}).flatMap(([name, inner]) => [
    `${path}.${name}`,
    ...fieldsOfJsonSchema(inner, `${path}.${name}`),
  ])
  const rest = typeof at.additionalProperties === 'object' ? at.additionalProperties : at.items
  return [...own, ...(rest ? fieldsOfJsonSchema(rest, `${path}.*`) : [])].sort()
}

interface ValibotSchema {
  kind: 'schema'
  wrapped?: ValibotSchema
  entries?: Record<string, ValibotSchema>
  item?: ValibotSchema
  value?: ValibotSchema
}

function fieldsOfValibot(at: ValibotSchema, path: string): string[] {
  if (at.wrapped) return fieldsOfValibot(at.wrapped, path)
  const own = Object.entries(at.entries ?? {}).flatMap(([name, inner]) => [
    `${path}.${name}`,
    ...fieldsOfValibot(inner, `${path}.${name}`),
  ])
  const rest = at.item ?? at.value
  return [...own, ...(rest ? fieldsOfValibot(rest, `${path}.*`) : [])].sort()
}
