import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { readComposeProject } from '../../src/commands/migrate/compose-project.ts'
import { recipes } from '../../src/migration/recipes/index.ts'
import { type RecipeName, recipeNames } from '../../src/migration/recipes/names.ts'
import type { RecipeFacts } from '../../src/migration/recipes/recipe.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

const facts: RecipeFacts = {
  app: 'shop',
  stage: 'production',
  vault: 'ssm',
  type: 'ssm',
  settings: { region: 'eu-west-1' },
  runOptions: [],
  variables: [
    { key: 'API_KEY', parts: [{ entry: 'API_KEY' }] },
    { key: 'PORT', parts: [{ text: '80' }] },
    { key: 'HINT', parts: [{ text: "{{it's}}" }] },
  ],
  addressOf: entry => `/shop/production/${entry}`,
  scripts: {
    start: 'node --env-file=.env server.js',
    dev: 'tsc && node .',
    'start:one': 'dotenv -e .env -- node one.js',
    test: 'vitest',
  },
  compose: { file: 'compose.yml', services: [{ name: 'web', otherFiles: [], ownKeys: [] }] },
  directory: 'stanch-recipes',
}
const url = {
  key: 'DATABASE_URL',
  parts: [{ text: 'postgres://app:' }, { entry: 'DB_PASSWORD' }, { text: '@db/app' }],
}
const composed = { ...facts, variables: [...facts.variables, url] }
const inVault = {
  ...composed,
  type: 'vault',
  vault: 'vault',
  settings: { mount: 'kv' },
  addressOf: (entry: string) => `shop/production/${entry}#value`,
}

function textOf(name: RecipeName, given: RecipeFacts = facts): string {
  const made = recipes[name](given)
  if ('refusal' in made) throw new Error(made.refusal)
  return made.text
}

test('each has the file name that the documentation says', () => {
  expect(
    recipeNames.map(name => {
      const made = recipes[name](inVault)
      return 'refusal' in made ? made.refusal : made.name
    }),
  ).toEqual([
    'package.md',
    'compose.yaml',
    'kubernetes.yaml',
    'kubernetes-vault-agent.yaml',
    'github-actions.yml',
    'gitlab-ci.yml',
    'shop.service',
    'ecs-task-definition.json',
    'Dockerfile',
  ])
})

test('package scripts start with run, and read the file no more', () => {
  const json = /```json\n([\s\S]*?)```/.exec(textOf('package'))?.[1] ?? ''
  expect(JSON.parse(json).scripts).toEqual({
    start: 'stanch run --stage production -- node server.js',
    dev: 'stanch run --stage production -- npm run dev:plain',
    'dev:plain': 'tsc && node .',
    'start:one': 'stanch run --stage production -- node one.js',
  })
})

const readCompose = (given: RecipeFacts) =>
  parse(textOf('compose', given), {
    customTags: [{ tag: '!override', collection: 'seq', resolve: seq => ({ override: seq.toJSON() }) }],
  })

test('Compose gets names without values, and no file', () => {
  expect(textOf('compose')).toContain('docker compose -f compose.yml -f stanch-recipes/compose.yaml up\n')
  expect(readCompose(facts)).toEqual({
    services: {
      web: { env_file: { override: [] }, environment: { API_KEY: null, PORT: null, HINT: null } },
    },
  })
})

test('Compose keeps what a service has from other files, and what it sets itself', () => {
  const services = [
    { name: 'web', otherFiles: ['more.env', { path: 'some.env', required: false }], ownKeys: ['PORT'] },
    { name: 'job', otherFiles: [], ownKeys: [] },
  ]
  expect(readCompose({ ...facts, compose: { file: 'compose.yaml', services } }).services).toEqual({
    web: {
      env_file: { override: ['more.env', { path: 'some.env', required: false }] },
      environment: { API_KEY: null, HINT: null },
    },
    job: { env_file: { override: [] }, environment: { API_KEY: null, PORT: null, HINT: null } },
  })
})

test.each([
  [
    'those that have the file in env_file',
    'env_file: ./.env',
    [{ name: 'web', otherFiles: [], ownKeys: ['A', 'B'] }],
  ],
  [
    'with other files beside it',
    'env_file: [a.env, { path: .env, required: false }]',
    [{ name: 'web', otherFiles: ['a.env'], ownKeys: ['A', 'B'] }],
  ],
  ['else those that are built here', 'image: web', [{ name: 'app', otherFiles: [], ownKeys: ['C'] }]],
])('services of the Compose file: %s', (_title, line, services) => {
  const text = `services:\n  web: { ${line}, environment: { A: 1, B: null } }\n  app: { build: ., environment: [C=1] }\n  db: { image: db }\n`
  const root = makeDirectory({ 'docker-compose.yml': text })
  expect(readComposeProject('.env', root)).toEqual({ file: 'docker-compose.yml', services })
})

test('External Secrets joins a URL, and takes braces of the text for text', () => {
  const [store, secret, deployment] = parseAllDocuments(textOf('kubernetes', composed)).map(document =>
    document.toJS(),
  )
  expect(store.spec.provider.aws).toMatchObject({ service: 'ParameterStore', region: 'eu-west-1' })
  expect(secret.spec).toMatchObject({
    secretStoreRef: { kind: 'SecretStore', name: store.metadata.name },
    target: {
      template: {
        data: {
          API_KEY: '{{ .v0 }}',
          PORT: '80',
          HINT: `{{ "{{" }}it's}}`,
          DATABASE_URL: 'postgres://app:{{ .v1 }}@db/app',
        },
      },
    },
    data: [
      { secretKey: 'v0', remoteRef: { key: '/shop/production/API_KEY' } },
      { secretKey: 'v1', remoteRef: { key: '/shop/production/DB_PASSWORD' } },
    ],
  })
  expect(deployment.spec.template.spec.containers[0].envFrom).toEqual([
    { secretRef: { name: secret.spec.target.name } },
  ])
})

test('in Vault an entry is a field of a secret', () => {
  const [, secret] = parseAllDocuments(textOf('kubernetes', inVault)).map(document => document.toJS())
  expect(secret.spec.data[0].remoteRef).toEqual({ key: 'shop/production/API_KEY', property: 'value' })
})

test('the Vault Agent gets a template of a file that a shell reads', () => {
  const { annotations } = parse(textOf('kubernetes-vault-agent', inVault)).spec.template.metadata
  expect(annotations['vault.hashicorp.com/agent-inject-template-env']).toBe(
    [
      `{{- $v0 := "" }}{{ with secret "kv/data/shop/production/API_KEY" }}{{ $v0 = index .Data.data "value" }}{{ end -}}`,
      `{{- $v1 := "" }}{{ with secret "kv/data/shop/production/DB_PASSWORD" }}{{ $v1 = index .Data.data "value" }}{{ end -}}`,
      String.raw`export API_KEY='{{ $v0 | replaceAll "'" "'\\''" }}'`,
      `export PORT='80'`,
      String.raw`export HINT='{{ "{{" }}it'\''s}}'`,
      String.raw`export DATABASE_URL='postgres://app:{{ $v1 | replaceAll "'" "'\\''" }}@db/app'`,
      '',
    ].join('\n'),
  )
})

test('version 1 of the KV engine has paths of its own', () => {
  const old = { ...inVault, settings: { mount: 'kv', kvVersion: 1 as const } }
  const [store] = parseAllDocuments(textOf('kubernetes', old)).map(document => document.toJS())
  expect(store.spec.provider.vault.version).toBe('v1')
  const { annotations } = parse(textOf('kubernetes-vault-agent', old)).spec.template.metadata
  expect(annotations['vault.hashicorp.com/agent-inject-template-env']).toContain(
    '{{ with secret "kv/shop/production/API_KEY" }}{{ $v0 = index .Data "value" }}{{ end -}}',
  )
})

test('jobs log in without a long-lived key, and run the command with its secrets', () => {
  const { steps } = parse(textOf('github-actions')).jobs.deploy
  expect(steps.at(-2).with).toEqual({
    'role-to-assume': ['$', '{{ vars.DEPLOY_ROLE }}'].join(''),
    'aws-region': 'eu-west-1',
  })
  expect(steps.at(-1).run).toBe('npx stanch run --stage production -- npm run deploy')
  expect(parse(textOf('gitlab-ci', inVault)).deploy).toMatchObject({
    id_tokens: { VAULT_JWT: { aud: '$VAULT_ADDR' } },
    script: ['npm ci', 'npx stanch run --stage production -- npm run deploy'],
  })
})

test('ECS takes parameters by name; for a text around one the container starts with run', () => {
  const container = (given: RecipeFacts) => JSON.parse(textOf('ecs', given)).containerDefinitions[0]
  expect(container(facts)).toMatchObject({
    environment: [
      { name: 'PORT', value: '80' },
      { name: 'HINT', value: "{{it's}}" },
    ],
    secrets: [{ name: 'API_KEY', valueFrom: '/shop/production/API_KEY' }],
  })
  expect(container(composed)).toMatchObject({
    entryPoint: ['node', '/app/node_modules/stanch/dist/cli.js', 'run', '--stage', 'production', '--'],
  })
})

test('a unit and a Dockerfile start with run, from the template that is meant', () => {
  const given = { ...facts, runOptions: ['--template', 'config/app.env'] }
  expect(textOf('systemd', given)).toContain(
    '\nExecStart=/usr/bin/node /opt/shop/node_modules/stanch/dist/cli.js run --stage production --template config/app.env -- /usr/bin/node server.js\n',
  )
  expect(textOf('dockerfile', given)).toContain(
    '\nENTRYPOINT ["node", "/app/node_modules/stanch/dist/cli.js", "run", "--stage", "production", "--template", "config/app.env", "--"]\n',
  )
})

test('what a system cannot read is refused', () => {
  const local = { ...facts, type: 'local' }
  expect([recipes.kubernetes(local), recipes['kubernetes-vault-agent'](local)]).toEqual([
    { refusal: 'the External Secrets Operator does not read a local vault' },
    { refusal: 'the Vault Agent does not read a local vault' },
  ])
})
