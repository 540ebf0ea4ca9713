import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makePlan } from '../../src/incident/plan/make-plan.ts'
import { isCommand, tidyCommand } from '../../src/incident/plan/tidy-command.ts'
import { parseRuleFile, type Response } from '../../src/rules/rule-file.ts'
import { incidentData } from '../support/sample-incident.ts'

const rules = fileURLToPath(new URL('../../rules/', import.meta.url))

/** Whose credentials leak most: they are told about in full. */
const providers =
  `anthropic atlassian auth0 aws azure bitbucket braintree buildkite circleci cloudflare crates-io databricks
  datadog digitalocean discord docker dockerhub doppler dropbox elastic fastly firebase github gitlab google grafana
  hashicorp-vault heroku hubspot huggingface kubernetes linear mailgun mariadb mongodb mysql netlify new-relic notion npm
  okta openai pagerduty paypal postgres pypi redis sendgrid sentry shopify slack snowflake snyk square stripe supabase
  telegram twilio twitch vercel`.split(/\s+/)

/** Software that people run themselves, and registries, whose address no file of ours holds. */
const withoutConsole = 'crates-io hashicorp-vault kubernetes mariadb mysql npm postgres pypi redis'.split(' ')

function isWithoutConsole(name: string): boolean {
  return name.startsWith('generic/') || withoutConsole.some(id => name === `providers/${id}`)
}

const uses = ['identify', 'revoke', 'rotate', 'audit'] as const

function responseOf(name: string): Response {
  const { response } = parseRuleFile(name, readFileSync(`${rules}${name}.toml`, 'utf8')).file
  if (!response) throw new Error(`${name} has no response`)
  return response
}

function lacks(name: string): string[] {
  const response = responseOf(name)
  const { propagation, rotationDays, quirks, identify } = response
  const facts = Object.entries({
    propagation,
    rotationDays,
    quirks: quirks.length || undefined,
    console: response.console ?? (isWithoutConsole(name) || undefined),
    verdict: identify?.quirks.find(quirk => /dead/.test(quirk)) ?? (name.startsWith('generic/') || undefined),
  })
  const actions = uses.flatMap(use => {
    const action = response[use]
    if (!action) return [use]
    const { source, class: kind, steps } = action
    const parts = Object.entries({ source, class: kind, steps: steps.length || undefined })
    return parts.flatMap(([part, value]) => (value === undefined ? [`${use}.${part}`] : []))
  })
  return [...facts.flatMap(([fact, value]) => (value === undefined ? [fact] : [])), ...actions]
}

test.each([
  ...providers.map(id => `providers/${id}`),
  ...['jwt', 'private-keys', 'tokens'].map(id => `generic/${id}`),
])(
  '%s tells how to identify, revoke, rotate and audit, what an answer means and where its console is, with sources',
  name => expect(lacks(name)).toEqual([]),
)

/** Uses that were never compared with what the issuer says. It is to become empty; what is done is taken out. */
const neverCompared = {
  identify: 'google hubspot snowflake',
  revoke: 'braintree firebase netlify',
  rotate: 'anthropic braintree netlify square twitch',
  audit: 'braintree digitalocean dropbox firebase mailgun mysql sendgrid',
}

test('what was never compared with its source is known, and says why', () => {
  const lists = uses.map(use => [
    use,
    providers.filter(id => responseOf(`providers/${id}`)[use]?.checked === undefined),
  ])
  const reasonless = providers.filter(id =>
    uses.some(use => {
      const { checked, unchecked } = responseOf(`providers/${id}`)[use] ?? {}
      return (checked === undefined) === (unchecked === undefined)
    }),
  )
  expect(reasonless).toEqual([])
  expect(Object.fromEntries(lists)).toEqual(
    Object.fromEntries(uses.map(use => [use, neverCompared[use].split(' ').filter(Boolean)])),
  )
})

test.each(providers)('the plan for %s shows each source with the day of its check, and the console', id => {
  const response = responseOf(`providers/${id}`)
  const plan = makePlan(incidentData, { provider: id, response, severity: 'high' })
  const shown = (step: string) => plan.steps.find(known => known.id === step)
  for (const [step, use] of [
    ['snapshot', 'identify'],
    ['contain', 'revoke'],
    ['verify-dead', 'identify'],
    ['replace', 'rotate'],
    ['audit', 'audit'],
  ] as const) {
    const { source, checked, unchecked } = response[use] ?? {}
    expect(shown(step)).toMatchObject({ source, checked: checked ?? `never: ${unchecked}` })
    expect(shown(step)?.commands.length).toBeGreaterThan(0)
  }
  if (response.console !== undefined)
    expect(shown('contain')?.commands).toContain(`Console: ${response.console}`)
  expect(shown('verify-dead')?.what).toMatch(/ Here it takes /)
})

test('sixty providers are told about in full', () => {
  expect(new Set(providers).size).toBe(60)
})

test.each([
  ['aws iam list-users', 'aws iam list-users'],
  ['aws iam delete $ID   (for good)', 'aws iam delete $ID   # (for good)'],
  ['Webhook: curl -sS $URL', 'curl -sS $URL   # Webhook'],
  ['API key: { cat; } | curl -sS -K -   (204)', '{ cat; } | curl -sS -K -   # API key (204)'],
])('%j is copied as %j', (step, expected) => {
  expect(tidyCommand(step)).toBe(expected)
  expect(isCommand(tidyCommand(step))).toBe(true)
})

test.each(['Webhook: remove it in the console', 'the token → Delete', 'Account: open the curl page'])(
  '%j is for people',
  step => {
    expect(tidyCommand(step)).toBe(step)
    expect(isCommand(step)).toBe(false)
  },
)
