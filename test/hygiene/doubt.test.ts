import { expect, test } from 'vitest'
import type { KeyFact, ProjectFacts } from '../../src/hygiene/facts.ts'
import { findProblems } from '../../src/hygiene/find-problems.ts'
import { type HygieneRuleName, hygieneRules } from '../../src/hygiene/rules/index.ts'
import { config, file, key, live, own, project, secret, testMode, typed } from './make-facts.ts'

const shown = 'its name is that of something that may be shown'
const forBrowsers = 'issuers make such keys for browsers, too'
const lies = 'it lies where things for development, tests and examples do'
const byDesign = 'everybody who has the project has it, by design'
const opensNothing = 'nothing in the file says that it protects what runs for others'
const inGit = 'git has it, so that it has to be replaced anyway'
const past = { path: '.env', commit: '0123456789abcdef', date: '2026-05-06T07:08:09Z' }
const texts = (named: Record<string, string>) => new Map(Object.entries(named))
const code = { kind: 'code' as const, path: 'a.ts', line: 4, key: 'TOKEN', digest: 'digest of TOKEN' }
const known = new Map(
  ['A', 'B', 'C'].map(name => [name, [{ path: 'a.ts', line: 1, confidence: 'sure' as const }]]),
)
const tracked = (path: string, ...keys: KeyFact[]) => project([file(path, { tracked: true, keys })])
const before = (more: object, ...keys: KeyFact[]) =>
  project([], { history: [{ ...past, isIgnored: true, ...more, keys }] })
const unused = (more: Partial<ProjectFacts>, ...keys: KeyFact[]) =>
  project([file('.env', { keys: [key('A'), key('B'), key('C'), ...keys] })], { uses: known, ...more })
const given = { publicity: 2 }

const workflow = (command: string) =>
  `jobs:\n  a:\n    runs-on: x\n    steps:\n      - run: ${command}\n      - run: cat .env\n`

const printing = (command: string) =>
  project([], { texts: texts({ '.github/workflows/a.yml': workflow(command) }) })

/** The rule, what is wrong, and why it is in doubt; undefined where it is not. */
const rows: [HygieneRuleName, title: string, ProjectFacts, doubt: string | undefined][] = [
  ['tracked', 'a value of no known form', tracked('.env', key('TOKEN')), undefined],
  ['tracked', 'a password that it makes for itself', tracked('.env', key('DB_PASSWORD', own)), opensNothing],
  [
    'tracked',
    'a password that somebody typed',
    tracked('prod.env', key('DB_PASSWORD', typed, 'A', { isDeployed: true })),
    'somebody typed it, and nothing says that it opens a server elsewhere',
  ],
  [
    'tracked',
    'what no rule knows and does not look generated',
    tracked('.env', key('TOKEN', { ...secret, confidence: 0.6 })),
    'only its name says that it is a secret',
  ],
  [
    'tracked',
    'what no rule knows, of a server elsewhere',
    tracked('.env', key('TOKEN', { ...secret, confidence: 0.6, server: 'elsewhere' })),
    undefined,
  ],
  [
    'tracked',
    'a password of a site that others reach',
    tracked('.env', key('DB_PASSWORD', own, 'A', { isDeployed: true })),
    undefined,
  ],
  [
    'tracked',
    'what others give out, beside more that it makes for itself',
    tracked('.env', key('A', own), key('B', own), key('CLIENT_SECRET')),
    undefined,
  ],
  [
    'tracked',
    'a login of a server elsewhere, beside more that everybody has',
    tracked(
      '.env',
      key('A', secret, 'A', given),
      key('B', secret, 'B', given),
      key('P', { ...secret, maker: 'hand', server: 'elsewhere' }),
    ),
    undefined,
  ],
  [
    'docker-context',
    "a key of the project's own that a Dockerfile sets",
    project([], { dockerValues: [{ ...key('SECRET_KEY', own), path: 'Dockerfile' }] }),
    opensNothing,
  ],
  [
    'packed',
    'an archive of what git has',
    project([file('.env', { tracked: true })], {
      sightings: [{ ...code, kind: 'archive', path: 'a.tgz!.env' }],
    }),
    inGit,
  ],
  [
    'packed',
    'an archive of what git has not',
    project([file('.env')], { sightings: [{ ...code, kind: 'archive', path: 'a.tgz!.env' }] }),
    undefined,
  ],
  [
    'docker-context',
    'an image that starts a server for developers',
    project([file('.env')], {
      texts: texts({ Dockerfile: 'FROM a\nCOPY . .\nCMD ["npm", "run", "dev", "--", "--host"]' }),
    }),
    "the image starts a developer's server",
  ],
  [
    'docker-context',
    'an image that starts what was built',
    project([file('.env')], {
      texts: texts({ Dockerfile: 'FROM a\nCOPY . .\nCMD ["node", "dist/main.js"]' }),
    }),
    undefined,
  ],
  [
    'duplicate-key',
    'another value in a template',
    project([
      file('.env.example', { keys: [key('A', config, '1'), key('B', config), key('A', config, '2')] }),
    ]),
    'a template may show a key wherever it matters',
  ],
  [
    'duplicate-key',
    'another value in a copy of a template',
    project([
      file('.env', {
        copyOf: '.env.example',
        keys: [key('A', config, '1'), key('B', config), key('A', config, '2')],
      }),
    ]),
    'a template may show a key wherever it matters',
  ],
  [
    'in-history',
    'a key of its own that git keeps no rule for',
    project([], { history: [{ ...past, path: 'prod/.env', keys: [key('SECRET_KEY', own)] }] }),
    opensNothing,
  ],
  ['tracked', "a provider's key in a folder of tests", tracked('e2e/.env', key('A', live)), undefined],
  ['tracked', "a provider's key that much else has", tracked('.env', key('A', live, 'A', given)), undefined],
  [
    'tracked',
    'a key that only its name gives a provider, and that much else has',
    tracked('.env', key('A', { ...live, isKnownByName: true }, 'A', given)),
    byDesign,
  ],
  ['tracked', 'an address', tracked('.env', key('SHOP_TOKEN_ADDRESS')), shown],
  ['tracked', 'a value in a folder for development', tracked('localnet/.env', key('TOKEN')), lies],
  [
    'tracked',
    'a value of no known form that much else has',
    tracked('.env', key('T', secret, 'T', given)),
    byDesign,
  ],
  [
    'tracked',
    'files of which most secrets are in doubt',
    tracked('.env', key('A', secret, 'A', given), key('B', secret, 'B', given), key('C')),
    byDesign,
  ],
  [
    'tracked',
    'a login of a server elsewhere that much else has',
    tracked('.env', key('A', { ...secret, server: 'elsewhere' }, 'A', given)),
    undefined,
  ],
  ['tracked', 'as many that are not', tracked('.env', key('A', secret, 'A', given), key('B')), undefined],
  ['tracked', 'keys of its own for development', tracked('.env.development', key('APP_SECRET', own)), lies],
  [
    'tracked',
    "production's key in a file for development",
    tracked('.env.development', key('APP_SECRET', own, 'A', { isInProduction: true, isDeployed: true })),
    undefined,
  ],
  ['client-bundle', "a provider's key", tracked('.env', key('VITE_A', live)), undefined],
  ['client-bundle', 'what calls itself a secret', tracked('.env', key('VITE_JWT_SECRET')), undefined],
  ['client-bundle', 'a key of no known form', tracked('.env', key('VITE_MAP_KEY')), forBrowsers],
  ['in-history', 'a value that was taken back', before({}, key('TOKEN')), undefined],
  ['in-history', 'a password that it made for itself', before({}, key('DB_PASSWORD', own)), opensNothing],
  [
    'in-history',
    'a password of a site that others reach',
    before({}, key('DB_PASSWORD', own, 'A', { isDeployed: true })),
    undefined,
  ],
  [
    'unused-key',
    'a key of its own',
    unused({}, key('ADMIN_SECRET', own)),
    'what the project made for itself opens nothing that does not read it',
  ],
  [
    'ci-copy',
    'a file that one job makes for the next',
    project([], {
      texts: texts({
        '.gitlab-ci.yml':
          'a:\n  script:\n    - build shop build_image.env\n  artifacts:\n    paths:\n      - build_image.env\n',
      }),
    }),
    'nothing here says what is in it',
  ],
  [
    'ci-copy',
    'a secret that a job unwraps',
    printing('echo "${{ secrets.A }}" | base64 -d > .env'),
    undefined,
  ],
  [
    'in-history',
    "a provider's key in a folder of tests",
    before({ path: 'e2e/.env' }, key('A', live)),
    undefined,
  ],
  [
    'in-history',
    "a provider's key of a test mode",
    before({}, key('A', testMode)),
    'it works on test data only',
  ],
  [
    'in-history',
    'a value that tracked files have',
    before({}, key('A', secret, 'A', { publicity: 1 })),
    'a tracked file has it, so that everybody was meant to have it',
  ],
  [
    'in-history',
    'a password of a server beside it',
    before({}, key('DB_PASSWORD', { ...own, server: 'here' })),
    "it opened a server of a developer's machine",
  ],
  [
    'in-history',
    'a password that somebody typed',
    before({ path: 'prod/.env' }, key('P', typed)),
    'somebody made it up',
  ],
  [
    'in-history',
    'a file that git kept',
    project([], {
      history: [past, past, past, past].map(version => ({
        ...version,
        isIgnored: false,
        keys: [key('TOKEN')],
      })),
    }),
    'git kept the file through many changes, as one that everybody needs',
  ],
  [
    'real-in-example',
    "a provider's key",
    project([file('.env.example', { keys: [key('A', live)] })]),
    undefined,
  ],
  [
    'in-history',
    'a login of a server elsewhere, in a file that git kept',
    project([], {
      history: [past, past, past, past].map(version => ({
        ...version,
        isIgnored: false,
        keys: [key('AMQP_URL', { ...secret, server: 'elsewhere' })],
      })),
    }),
    undefined,
  ],
  ['real-in-example', 'a generated value', project([file('.env.example')]), undefined],
  [
    'real-in-example',
    'the value of a file that is more than a copy',
    project([file('.env', { keys: [key('A', own)] }), file('.env.example', { keys: [key('A', own)] })]),
    undefined,
  ],
  [
    'real-in-example',
    'the value of a mere copy',
    project([
      file('.env', { keys: [key('A', own)], copyOf: '.env.example' }),
      file('.env.example', { keys: [key('A', own)] }),
    ]),
    'whoever installs it can make another',
  ],
  [
    'real-in-example',
    'a value that any program makes',
    project([file('.env.example', { keys: [key('MNEMONIC', { ...secret, provider: 'bip39' })] })]),
    "anybody's program makes such values, for examples, too",
  ],
  [
    'real-in-example',
    'a key that everybody makes for themselves',
    project([file('.env.example', { keys: [key('APP_SECRET', own)] })]),
    'whoever installs it can make another',
  ],
  ['duplicate-value', 'two files of a developer', project([file('.env'), file('api/.env')]), undefined],
  [
    'duplicate-value',
    'a file of a developer and one that git has',
    project([file('.env', { tracked: true }), file('api/.env')]),
    inGit,
  ],
  ['duplicate-value', 'code', project([file('.env')], { sightings: [code] }), undefined],
  [
    'duplicate-value',
    'a file and code that git both has',
    project([file('.env', { tracked: true })], { sightings: [code] }),
    'git has both, so that it has to be replaced anyway',
  ],
  [
    'duplicate-value',
    'one key under names that end otherwise',
    project([file('.env', { keys: ['API_KEY_SHOP', 'SHOP_API_KEY'].map(name => key(name, live, 'x')) })]),
    'two programs may want it under their own names',
  ],
  [
    'duplicate-value',
    'one login under the names of two programs',
    project([
      file('.env', { keys: ['POSTGRES_PASSWORD', 'DB_PASSWORD'].map(name => key(name, secret, 'x')) }),
    ]),
    'two programs may want it under their own names',
  ],
  [
    'duplicate-value',
    'one secret for two things',
    project([file('.env', { keys: ['JWT_SECRET', 'SESSION_KEY'].map(name => key(name, secret, 'x')) })]),
    undefined,
  ],
  [
    'live-in-test',
    "production's value where git has one of the files",
    project([file('.env.production'), file('.env.staging', { tracked: true })]),
    inGit,
  ],
  ['live-in-test', "production's value", project([file('.env.production'), file('.env.staging')]), undefined],
  [
    'duplicate-key',
    'another value',
    project([file('.env', { keys: [key('A'), key('A', secret, 'b')] })]),
    undefined,
  ],
  [
    'duplicate-key',
    'the same value',
    project([file('.env', { keys: [key('A'), key('A')] })]),
    'it changes nothing',
  ],
  [
    'duplicate-key',
    'a block of other values at the end',
    project([
      file('.env', {
        keys: ['1', '2'].flatMap(value => ['A', 'B', 'C'].map(name => key(name, secret, name + value))),
      }),
    ]),
    'a block at the end may be meant to change what stands before it',
  ],
  ['unused-key', 'a secret', unused({}, key('CRM_TOKEN')), undefined],
  [
    'unused-key',
    'a secret beside other dependencies',
    unused({ texts: texts({ 'package.json': '{"dependencies":{"express":"5"}}' }) }, key('CRM_TOKEN')),
    undefined,
  ],
  [
    'unused-key',
    'a secret of a dependency',
    unused({ texts: texts({ 'package.json': '{"dependencies":{"@shop/crm":"5"}}' }) }, key('CRM_TOKEN')),
    'its name is like that of a dependency, which may read it',
  ],
  [
    'missing-example',
    'a tracked file whose secrets are in doubt',
    project([
      file('.env', { tracked: true, keys: [key('A', secret, 'A', given), key('B')].slice(0, 1) }),
      file('.env.example', { tracked: true, keys: [] }),
    ]),
    'git gives everybody the file itself',
  ],
  [
    'missing-example',
    'a file of a developer',
    project([file('.env'), file('.env.example', { keys: [] })]),
    undefined,
  ],
  [
    'missing-example',
    'a file beside several templates',
    project([file('.env'), file('.env.example', { keys: [] }), file('.env.full.example')]),
    'several templates lie beside it',
  ],
  [
    'missing-example',
    'a key that nothing names',
    project([file('.env', { keys: [key('A'), key('OLD')] }), file('.env.example', { keys: [key('A')] })], {
      uses: known,
    }),
    'nothing here names them',
  ],
  [
    'missing-example',
    'a setting',
    project([file('.env', { keys: [key('A', config)] }), file('.env.example', { keys: [] })]),
    'the program may have defaults for settings',
  ],
  ['missing-example', 'a secret', project([file('.env'), file('.env.example', { keys: [] })]), undefined],
  [
    'unused-key',
    'a name like that of an image with a number at its end',
    unused({ texts: texts({ Dockerfile: 'FROM dpage/pgadmin4' }) }, key('PGADMIN_DEFAULT_PASSWORD')),
    'its name is like that of a dependency, which may read it',
  ],
  [
    'duplicate-key',
    'two values with a remark between them',
    project([file('.env', { keys: [key('A'), key('A', secret, 'b', { line: 3 })] })]),
    'with nothing but remarks between them they may be a choice',
  ],
  [
    'client-bundle',
    "a value in a server's code",
    project([file('.env')], {
      sightings: [{ ...code, kind: 'bundle', path: 'dist/a.js' }],
      texts: texts({ 'package.json': '{"scripts":{"start":"node dist/main.js"}}' }),
    }),
    'what is in dist/ is started as a server',
  ],
  [
    'client-bundle',
    'a value in code for browsers',
    project([file('.env')], { sightings: [{ ...code, kind: 'bundle', path: 'dist/a.js' }] }),
    undefined,
  ],
  [
    'in-history',
    'a value of a file for development',
    before({ path: '.env.development' }, key('TOKEN')),
    'the file was for development',
  ],
  [
    'ci-copy',
    'a file that nothing names for certain',
    project([], { texts: texts({ '.gitlab-ci.yml': "a:\n  artifacts:\n    paths:\n      - '**/.env'\n" }) }),
    'nothing here says which file that is',
  ],
  [
    'ci-copy',
    'a file of a job without secrets',
    project([], {
      texts: texts({
        '.github/workflows/a.yml':
          'jobs:\n  a:\n    runs-on: x\n    steps:\n      - run: sed -i s/a/$IP/ .env\n      - run: cat .env\n',
      }),
    }),
    'nothing that the job writes into it is a secret',
  ],
  [
    'ci-copy',
    'a file in a workflow that is given no secret',
    project([], { texts: texts({ '.github/workflows/a.yml': workflow('') }) }),
    'the workflow is given no secret',
  ],
  [
    'ci-copy',
    'such a file of which a developer has one with secrets',
    project([file('.env')], { texts: texts({ '.github/workflows/a.yml': workflow('') }) }),
    undefined,
  ],
  [
    'ci-copy',
    "a file into which the job writes a secret of GitHub's",
    project([], {
      texts: texts({ '.github/workflows/a.yml': workflow('echo "A=${{ secrets.A }}" > .env') }),
    }),
    'GitHub masks in the log what it hands out',
  ],
]

for (const [rule, title, facts, doubt] of rows)
  test(`${rule} is ${doubt === undefined ? 'sure' : 'in doubt'}: ${title}`, () => {
    const found = findProblems(facts, { [rule]: hygieneRules[rule] })
    expect(found.map(problem => problem.doubt)).toEqual([doubt])
  })
