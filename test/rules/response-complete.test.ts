import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { isCommand, tidyCommand } from '../../src/incident/plan/tidy-command.ts'
import { parseRuleFile } from '../../src/rules/rule-file.ts'

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

function lacks(name: string): string[] {
  const { response } = parseRuleFile(name, readFileSync(`${rules}${name}.toml`, 'utf8')).file
  if (!response) return ['response']
  const { propagation, rotationDays, quirks, identify } = response
  const facts = Object.entries({
    propagation,
    rotationDays,
    quirks: quirks.length || undefined,
    console: response.console ?? (isWithoutConsole(name) || undefined),
    verdict: identify?.quirks.find(quirk => /dead/.test(quirk)) ?? (name.startsWith('generic/') || undefined),
  })
  const actions = (['identify', 'revoke', 'rotate', 'audit'] as const).flatMap(use => {
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
