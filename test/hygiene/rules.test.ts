import { expect, test } from 'vitest'
import type { KeyFact, ProjectFacts, Use } from '../../src/hygiene/facts.ts'
import { findProblems } from '../../src/hygiene/find-problems.ts'
import { type HygieneRuleName, hygieneRuleNames, hygieneRules } from '../../src/hygiene/rules/index.ts'
import {
  config,
  DAY,
  file,
  key,
  live,
  NOW,
  own,
  project,
  secret,
  testMode,
  typed,
  weak,
} from './make-facts.ts'

const texts = (entries: Record<string, string>) => new Map(Object.entries(entries))
/** Commands are lines 5 and on. */
const job = (commands: readonly string[]) =>
  ['jobs:', '  a:', '    steps:', '      - run: |', ...commands.map(command => `          ${command}`)].join(
    '\n',
  )
const password = key('DB_PASSWORD', { ...own, confidence: 0.6 }, 'P', { isDocumented: true })
const negation = { path: '.gitignore', line: 3, pattern: '!.env' }
const use = [{ path: 'a.ts', line: 1, confidence: 'sure' as const }]
const keys = ['A', 'B', 'C', 'D'].map(name => key(name))
const uses = new Map<string, Use[]>(['A', 'B', 'C'].map(name => [name, use]))
const past = { path: '.env', commit: '0123456789abcdef', date: '2026-05-06T07:08:09Z' }
const kept = (keys: KeyFact[]) =>
  [past, past, past, past].map((version, at) => ({ ...version, keys: at ? [] : keys }))
const hatch = '[build-system]\nbuild-backend = "hatchling.build"\n'
const sighting = { key: 'TOKEN', digest: 'digest of TOKEN', line: 4 }

/** Each rule: what trips it, with the whole of what it says, and near misses. */
const rows: Record<HygieneRuleName, [title: string, facts: ProjectFacts, expected: string[]][]> = {
  tracked: [
    [
      'a tracked file with a secret',
      project([file('.env', { tracked: true })]),
      ['critical .env:1 TOKEN git tracks it, with secrets in clear: TOKEN'],
    ],
    [
      'a tracked file with keys of a test mode only',
      project([file('.env', { tracked: true, keys: [key('A', testMode)] })]),
      ['high .env:1 A git tracks it, with secrets in clear: A'],
    ],
    ['an untracked file', project([file('.env')]), []],
    [
      'the id of a key without the key',
      project([file('.env', { tracked: true, keys: [key('A', { ...live, rule: 'shop-key-id' })] })]),
      [],
    ],
    [
      'what the index still has and the working copy no longer shows',
      project([file('.env', { tracked: true, keys: [] })], {
        staged: [{ path: '.env', kind: 'plain', stage: 'local', keys: [key('TOKEN')] }],
      }),
      [
        "critical .env TOKEN git's index has it with secrets in clear that the working copy no longer has: TOKEN",
      ],
    ],
    [
      'what the index still has of a file that was deleted',
      project([], { staged: [{ path: '.env', kind: 'plain', stage: 'local', keys: [key('TOKEN')] }] }),
      ["critical .env TOKEN git's index has it with secrets in clear that are gone from the folder: TOKEN"],
    ],
    [
      'an older version in the index with the same secrets, told once',
      project([file('.env', { tracked: true })], {
        staged: [{ path: '.env', kind: 'plain', stage: 'local', keys: [key('TOKEN')] }],
      }),
      ['critical .env:1 TOKEN git tracks it, with secrets in clear: TOKEN'],
    ],
    [
      'a tracked file of settings',
      project([file('.env', { tracked: true, keys: [key('PORT', config), key('DB_PASSWORD', weak)] })]),
      [],
    ],
    [
      'keys of its own that a tracked file gives all developers, as what they are',
      project([
        file('.env.development', { tracked: true, keys: [key('SESSION_SECRET', own)] }),
        file('docker/.env', {
          tracked: true,
          keys: [key('APP_SECRET', own, 'A', { isForDevelopment: true })],
        }),
      ]),
      [
        'medium .env.development:1 SESSION_SECRET git tracks it, with keys for development: SESSION_SECRET',
        'medium docker/.env:1 APP_SECRET git tracks it, with keys for development: APP_SECRET',
      ],
    ],
    [
      'the same secrets in several files, as one',
      project(['.env', 'api/.env', 'web/.env'].map(path => file(path, { tracked: true }))),
      ['critical .env:1 TOKEN git tracks it, with secrets in clear: TOKEN; api/.env, web/.env have the same'],
    ],
    [
      'a file of whose secrets another has more, with that',
      project([
        file('.env', { tracked: true }),
        file('api/.env', { tracked: true, keys: [key('TOKEN'), key('MAIL_TOKEN')] }),
      ]),
      [
        'critical api/.env:1 TOKEN git tracks it, with secrets in clear: TOKEN, MAIL_TOKEN; .env has the same',
      ],
    ],
    [
      'keys of its own, of which nobody can tell what runs with them',
      project([file('.env', { tracked: true, keys: [key('APP_SECRET', own)] })]),
      ['high .env:1 APP_SECRET git tracks it, with secrets in clear: APP_SECRET'],
    ],
    [
      'a key that Django calls insecure',
      project([
        file('.env', {
          tracked: true,
          keys: [key('SECRET_KEY', { ...own, rule: 'django-insecure-key', provider: 'django' })],
        }),
      ]),
      ['medium .env:1 SECRET_KEY git tracks it, with keys for development: SECRET_KEY'],
    ],
    [
      'keys of its own that the code has as defaults',
      project([file('.env', { tracked: true, keys: [key('A', own, 'A', { isDefault: true })] })]),
      ['medium .env:1 A git tracks it, with keys that everybody has who has the project: A'],
    ],
    [
      'keys of its own in a folder of examples',
      project([file('examples/shop/.env.production', { tracked: true, keys: [key('APP_SECRET', own)] })]),
      [
        'medium examples/shop/.env.production:1 APP_SECRET git tracks it, with keys that everybody has who has the project: APP_SECRET',
      ],
    ],
    [
      "production's keys in a file for development",
      project([
        file('.env.development', {
          tracked: true,
          keys: [key('SESSION_SECRET', own, 'A', { isInProduction: true })],
        }),
      ]),
      ['critical .env.development:1 SESSION_SECRET git tracks it, with secrets in clear: SESSION_SECRET'],
    ],
    [
      'what others gave out, also in a file for development',
      project([file('.env.development', { tracked: true })]),
      ['critical .env.development:1 TOKEN git tracks it, with secrets in clear: TOKEN'],
    ],
    [
      'a token that has ended',
      project([file('.env', { tracked: true, keys: [key('T', secret, 'T', { hasEnded: true })] })]),
      [],
    ],
    [
      'passwords that somebody typed, which may open a server of this machine',
      project([file('.env', { tracked: true, keys: [key('DB_PASSWORD', typed)] })]),
      [],
    ],
    [
      'a password that somebody typed for production',
      project([file('.env.production', { tracked: true, keys: [key('DB_PASSWORD', typed)] })]),
      ['critical .env.production:1 DB_PASSWORD git tracks it, with secrets in clear: DB_PASSWORD'],
    ],
    ['a tracked template', project([file('.env.example', { tracked: true })]), []],
    ['a tracked file that is encrypted', project([file('.env', { tracked: true, kind: 'encrypted' })]), []],
    [
      'made-up values for tests',
      project([
        file('qms-tests/sanity/.env', { tracked: true, keys: [key('T', { ...secret, provider: 'jwt' })] }),
        file('.env.test', { tracked: true }),
        file('tests/.env', { tracked: true }),
      ]),
      [],
    ],
    [
      "a provider's live key in a file for tests",
      project([file('.env.test', { tracked: true, keys: [key('A', live)] })]),
      ['critical .env.test:1 A git tracks it, with secrets in clear: A'],
    ],
  ],
  'in-history': [
    [
      'a secret that is in use',
      project([file('.env')], { history: [{ ...past, keys: [key('TOKEN')] }] }),
      ['critical .env TOKEN committed in 0123456789 (2026-05-06), with secrets that are still in use: TOKEN'],
    ],
    [
      'a secret that was replaced',
      project([file('.env')], { history: [{ ...past, keys: [key('TOKEN', secret, 'old')] }] }),
      ['medium .env TOKEN committed in 0123456789 (2026-05-06), with secrets in clear: TOKEN'],
    ],
    [
      'the same secret at another path',
      project([file('.env')], {
        history: [{ ...past, path: 'old/.env', keys: [key('KEY', secret, 'TOKEN')] }],
      }),
      ['critical old/.env KEY committed in 0123456789 (2026-05-06), with secrets that are still in use: KEY'],
    ],
    [
      'a file that was moved, as one mishap',
      project([], {
        history: ['.env', 'api/.env', 'web/.env'].map(path => ({ ...past, path, keys: [key('TOKEN')] })),
      }),
      [
        'medium .env TOKEN committed in 0123456789 (2026-05-06), with secrets in clear: TOKEN; also as api/.env, web/.env',
      ],
    ],
    [
      'a file between two others, which have all of it, with the first',
      project([], {
        history: [
          { ...past, keys: [key('A'), key('B'), key('C')] },
          { ...past, path: 'api/.env', keys: [key('B'), key('C'), key('D')] },
          { ...past, path: 'web/.env', keys: [key('C'), key('D'), key('E')] },
        ],
      }),
      [
        'medium .env A committed in 0123456789 (2026-05-06), with secrets in clear: A, B, C; also as api/.env',
        'medium web/.env C committed in 0123456789 (2026-05-06), with secrets in clear: C, D, E',
      ],
    ],
    [
      'a file all of whose secrets others told, with one of those',
      project([], {
        history: [
          { ...past, keys: [key('A'), key('B')] },
          { ...past, path: 'api/.env', keys: [key('B'), key('C')] },
          { ...past, path: 'web/.env', keys: [key('A'), key('C')] },
        ],
      }),
      [
        'medium .env A committed in 0123456789 (2026-05-06), with secrets in clear: A, B; also as web/.env',
        'medium api/.env B committed in 0123456789 (2026-05-06), with secrets in clear: B, C',
      ],
    ],
    ['settings', project([file('.env')], { history: [{ ...past, keys: [key('PORT', config)] }] }), []],
    [
      'what the tracked file still holds',
      project([file('.env', { tracked: true })], { history: [{ ...past, keys: [key('TOKEN')] }] }),
      [],
    ],
    [
      'what another tracked file holds by now',
      project([file('docker/.env', { tracked: true })], { history: [{ ...past, keys: [key('TOKEN')] }] }),
      [],
    ],
    [
      'what a template holds by now, whatever its name there',
      project(
        [
          file('.env.example', {
            tracked: true,
            keys: [key('SHOP_SECRET', { ...testMode, mode: 'live' }, 'TOKEN')],
          }),
        ],
        {
          history: [{ ...past, keys: [key('TOKEN')] }],
        },
      ),
      [],
    ],
    [
      'what was made of an older template',
      project([], {
        history: [
          { ...past, keys: [key('TOKEN')] },
          { ...past, path: '.env.example', date: '2025-01-01T00:00:00Z', keys: [key('TOKEN')] },
        ],
      }),
      [],
    ],
    [
      'what an older template had of a provider',
      project([], {
        history: [
          { ...past, keys: [key('A', live)] },
          { ...past, path: '.env.example', date: '2025-01-01T00:00:00Z', keys: [key('A', live)] },
        ],
      }),
      ['medium .env.example A committed in 0123456789 (2025-01-01), with secrets in clear: A; also as .env'],
    ],
    [
      "the project's own keys in a file that went with what it belonged to",
      project([], { history: [{ ...past, isIgnored: false, keys: [key('APP_SECRET', own), key('TOKEN')] }] }),
      ['medium .env TOKEN committed in 0123456789 (2026-05-06), with secrets in clear: TOKEN'],
    ],
    [
      "the project's own key in a file that an ignore rule names since",
      project([], { history: [{ ...past, isIgnored: true, keys: [key('APP_SECRET', own)] }] }),
      ['medium .env APP_SECRET committed in 0123456789 (2026-05-06), with secrets in clear: APP_SECRET'],
    ],
    [
      "a provider's key under a name for browsers",
      project([], { history: [{ ...past, keys: [key('VITE_A', live), key('VITE_B')] }] }),
      ['medium .env VITE_A committed in 0123456789 (2026-05-06), with secrets in clear: VITE_A'],
    ],
    [
      "what a project's own tests called something with",
      project([], {
        history: [{ ...past, keys: [key('TEST_TOKEN', { ...secret, provider: 'generic', mode: 'test' })] }],
      }),
      [],
    ],
    [
      "a provider's key of its test mode",
      project([], { history: [{ ...past, keys: [key('A', testMode)] }] }),
      ['medium .env A committed in 0123456789 (2026-05-06), with secrets in clear: A'],
    ],
    [
      'keys of its own in a file for servers of this machine that git kept through many changes',
      project([], {
        history: kept([key('APP_SECRET', own), key('DB_PASSWORD', { ...weak, server: 'here' })]),
      }),
      [],
    ],
    [
      'what others gave out in such a file',
      project([], { history: kept([key('TOKEN'), key('DB_PASSWORD', { ...weak, server: 'here' })]) }),
      ['medium .env TOKEN committed in 0123456789 (2026-05-06), with secrets in clear: TOKEN'],
    ],
    [
      'keys of its own in such a file for a server elsewhere',
      project([], {
        history: kept([key('APP_SECRET', own), key('DB_PASSWORD', { ...weak, server: 'elsewhere' })]),
      }),
      ['medium .env APP_SECRET committed in 0123456789 (2026-05-06), with secrets in clear: APP_SECRET'],
    ],
    [
      'keys that developers shared, and keys of its own in a template',
      project([], {
        history: [
          { ...past, path: '.env.dev', keys: [key('APP_SECRET', own)] },
          { ...past, path: '.env.example', keys: [key('APP_SECRET', own, 'A'), key('MAGIC_SECRET')] },
        ],
      }),
      [],
    ],
    [
      'keys that a tracked file now gives everybody',
      project([file('compose/.env', { tracked: true, keys: [key('A', own, 'A', { isDefault: true })] })], {
        history: [{ ...past, keys: [key('A', own)] }],
      }),
      [],
    ],
    [
      'keys of a file whose keys everybody has, with earlier values',
      project([file('.env', { tracked: true, keys: [key('A', own, 'A', { isDefault: true })] })], {
        history: [{ ...past, keys: [key('A', own, 'old')] }],
      }),
      [],
    ],
    [
      "a provider's key in a file whose keys everybody has",
      project([file('.env', { tracked: true, keys: [key('A', own, 'A', { isDefault: true })] })], {
        history: [{ ...past, keys: [key('A', own, 'old'), key('B', live)] }],
      }),
      ['medium .env B committed in 0123456789 (2026-05-06), with secrets in clear: B'],
    ],
    [
      'what a template or a file for tests had first',
      project([], {
        history: [
          { ...past, path: '.env.example', date: '2025-01-01T00:00:00Z', keys: [key('A', own, 'A')] },
          { ...past, path: 'test/.env', date: '2025-01-01T00:00:00Z', keys: [key('VAPID_KEY', own, 'B')] },
          { ...past, keys: [key('A', own, 'A'), key('B', own, 'B')] },
        ],
      }),
      [],
    ],
    [
      'what became a template',
      project([], {
        history: [
          { ...past, keys: [key('A', own, 'A')] },
          { ...past, path: '.env.example', date: '2027-01-01T00:00:00Z', keys: [key('A', own, 'A')] },
        ],
      }),
      ['medium .env A committed in 0123456789 (2026-05-06), with secrets in clear: A'],
    ],
    [
      'made-up values of a template',
      project([], {
        history: [{ ...past, path: '.env.example', keys: [key('T', { ...secret, confidence: 0.6 })] }],
      }),
      [],
    ],
  ],
  'not-ignored': [
    [
      'nothing keeps git from it',
      project([file('.env', { ignored: 'no' })]),
      ['high .env:1 TOKEN no rule keeps git from it, and it holds secrets in clear: TOKEN'],
    ],
    [
      "only one's own rules do",
      project([file('.env', { ignored: 'private' })]),
      ["medium .env:1 TOKEN only your own ignore rules keep git from it, not the repository's: TOKEN"],
    ],
    [
      'a password that somebody typed, as their own',
      project([file('.env', { ignored: 'no', keys: [key('DB_PASSWORD', typed)] })]),
      ['high .env:1 DB_PASSWORD no rule keeps git from it, and it holds secrets in clear: DB_PASSWORD'],
    ],
    [
      'passwords of servers of this machine, and defaults that a template has as well',
      project([
        file('.env', {
          ignored: 'no',
          keys: [
            key('DB_PASSWORD', { ...typed, server: 'here' }),
            key('ADMIN_PASSWORD', typed, 'A', { isDocumented: true }),
            key('APP_SECRET', own, 'B', { isDocumented: true }),
            key('DB_PASSWORD', own, 'C', { isDocumented: true }),
          ],
        }),
      ]),
      [],
    ],
    ['the repository ignores it', project([file('.env')]), []],
    ['there is no repository', project([file('.env', { ignored: 'no' })], { isRepository: false }), []],
    ['it holds no secret', project([file('.env', { ignored: 'no', keys: [key('PORT', config)] })]), []],
  ],
  'negated-ignore': [
    [
      'a rule takes it back in',
      project([file('.env', { ignored: 'no', negation })]),
      ['high .env:1 TOKEN "!.env" in .gitignore:3 takes it back in, and it holds secrets in clear'],
    ],
    [
      'a rule keeps a tracked file, of which another rule tells',
      project([file('.env', { ignored: 'no', negation, tracked: true })]),
      [],
    ],
    ['a rule takes a template back in', project([file('.env.example', { ignored: 'no', negation })]), []],
  ],
  'docker-context': [
    [
      'a Dockerfile copies it',
      project([file('.env')], { texts: texts({ Dockerfile: 'FROM scratch\nCOPY . /app' }) }),
      ['high .env:1 TOKEN Dockerfile:2 copies it into the image (there is no .dockerignore)'],
    ],
    [
      'an image for development',
      project([file('.env')], { texts: texts({ 'Dockerfile.dev': 'FROM scratch\nCOPY . /app' }) }),
      [],
    ],
    [
      'a Dockerfile copies several in one line, told once',
      project([file('.env'), file('a/.env')], { texts: texts({ Dockerfile: 'FROM scratch\nCOPY . /app' }) }),
      ['high .env:1 TOKEN Dockerfile:2 copies it into the image (there is no .dockerignore), and a/.env'],
    ],
    [
      'an ignore file names only the one in the root',
      project([file('api/.env')], { texts: texts({ Dockerfile: 'COPY . .', '.dockerignore': '.env' }) }),
      ['high api/.env:1 TOKEN Dockerfile:1 copies it into the image (.dockerignore does not name it)'],
    ],
    [
      'it only belongs to the context',
      project([file('.env')], { texts: texts({ Dockerfile: 'COPY src /app' }) }),
      ['low .env:1 TOKEN it belongs to the build context of Dockerfile (there is no .dockerignore)'],
    ],
    [
      'Compose names another context',
      project([file('.env')], {
        texts: texts({
          'docker/Dockerfile': 'COPY .env .',
          'compose.yaml':
            'services:\n  a:\n    build:\n      context: .\n      dockerfile: docker/Dockerfile',
        }),
      }),
      ['high .env:1 TOKEN docker/Dockerfile:1 copies it into the image (there is no .dockerignore)'],
    ],
    [
      'nothing names the context, and what the Dockerfile copies lies further up',
      project([file('docker/prod/.env')], {
        texts: texts({
          'docker/prod/Dockerfile': 'FROM a\nCOPY ./docker/wait-for package*.json /\nCOPY . .',
        }),
        paths: new Set(['docker/prod/Dockerfile', 'docker/prod/.env', 'docker/wait-for']),
      }),
      [
        'high docker/prod/.env:1 TOKEN docker/prod/Dockerfile:3 copies it into the image (there is no .dockerignore)',
      ],
    ],
    [
      'it is copied into a stage that the image leaves behind',
      project([file('.env')], {
        texts: texts({ Dockerfile: 'FROM a AS b\nCOPY . .\nFROM c\nCOPY --from=b /dist /' }),
      }),
      [
        'low .env:1 TOKEN Dockerfile:2 copies it into a stage that the image leaves behind (there is no .dockerignore)',
      ],
    ],
    [
      'it only belongs to the context, and whoever may build has it anyway',
      project(
        [
          file('.env', { tracked: true }),
          file('api/.env', { keys: [key('TOKEN', secret, 'T', { isDocumented: true })] }),
        ],
        { texts: texts({ Dockerfile: 'COPY src /app' }) },
      ),
      [],
    ],
    [
      'it is copied as a template gave it',
      project([file('.env', { keys: [key('TOKEN', secret, 'T', { isDocumented: true })] })], {
        texts: texts({ Dockerfile: 'COPY . /app' }),
      }),
      [],
    ],
    [
      "it is copied with a provider's key, whoever knows it",
      project([file('.env', { keys: [key('A', live, 'T', { isDocumented: true })] })], {
        texts: texts({ Dockerfile: 'COPY . /app' }),
      }),
      ['high .env:1 A Dockerfile:1 copies it into the image (there is no .dockerignore)'],
    ],
    [
      'several that only belong to the context, as one',
      project([file('a/.env'), file('b/.env')], { texts: texts({ Dockerfile: 'COPY src /app' }) }),
      [
        'low a/.env:1 TOKEN it belongs to the build context of Dockerfile (there is no .dockerignore), and so do b/.env',
      ],
    ],
    [
      'the image of a workspace',
      project([file('.devcontainer/.env')], { texts: texts({ '.devcontainer/Dockerfile': 'COPY . .' }) }),
      [],
    ],
    [
      'a variable of the image',
      project([], { dockerValues: [{ path: 'Dockerfile', ...key('TOKEN'), line: 3 }] }),
      [
        "high Dockerfile:3 TOKEN TOKEN is set to a secret, which the image's configuration or history shows (named like a secret)",
      ],
    ],
    [
      'several variables of the image, as one',
      project([], { dockerValues: ['A', 'B'].map(name => ({ path: 'Dockerfile', ...key(name) })) }),
      ["high Dockerfile:1 A A, B are set to secrets, which the image's configuration or history shows"],
    ],
    [
      'a key that the project makes for itself, in an image for development',
      project([], { dockerValues: [{ path: 'dev/Dockerfile', ...key('APP_SECRET', own) }] }),
      [],
    ],
    [
      'an ignore file keeps it out',
      project([file('.env')], { texts: texts({ Dockerfile: 'COPY . .', '.dockerignore': '**/.env*' }) }),
      [],
    ],
    [
      'it lies outside the context',
      project([file('.env')], { texts: texts({ 'api/Dockerfile': 'COPY . .' }) }),
      [],
    ],
  ],
  'image-layer': [
    [
      'an image holds a value',
      project([], { sightings: [{ ...sighting, kind: 'image', path: 'app/.env' }] }),
      ['critical app/.env:4 TOKEN the image holds the value of TOKEN'],
    ],
    [
      'an archive does',
      project([], { sightings: [{ ...sighting, kind: 'archive', path: 'a.zip!.env' }] }),
      [],
    ],
  ],
  'world-readable': [
    [
      'everybody can read it',
      project([file('.env', { mode: 0o644 })]),
      ['medium .env:1 TOKEN everybody on this machine can read it (mode 0644)'],
    ],
    [
      'its group can change it',
      project([file('.env', { mode: 0o660 })]),
      ['low .env:1 TOKEN its group on this machine can change it (mode 0660)'],
    ],
    ['whoever has the repository has it', project([file('.env', { mode: 0o644, tracked: true })]), []],
    ['only its owner can', project([file('.env')]), []],
    ['no one gets to its folder', project([file('.env', { mode: 0o644, isReachable: false })]), []],
    ['a job of CI has the machine alone', project([file('.env', { mode: 0o644 })], { machine: 'ci' }), []],
  ],
  'backup-copy': [
    [
      'a copy with what is in use',
      project([file('.env'), file('.env.bak')]),
      ['high .env.bak:1 TOKEN a copy with secrets that are in use: TOKEN'],
    ],
    [
      'a copy with other secrets',
      project([file('.env.old', { keys: [key('OLD')] })]),
      ['high .env.old:1 OLD a copy with secrets in clear: OLD'],
    ],
    ['a copy of settings', project([file('.env.bak', { keys: [key('PORT', config)] })]), []],
    ['another stage', project([file('.env.staging')]), []],
  ],
  'prod-on-dev': [
    [
      'the file of production',
      project([file('.env.production')]),
      ["high .env.production:1 TOKEN secrets of production in clear on a developer's machine: TOKEN"],
    ],
    [
      'a live key in a local file',
      project([file('.env', { keys: [key('A', testMode), key('B', live)] })]),
      ["high .env:1 B live keys on a developer's machine: B"],
    ],
    [
      "a login of production's host in a local file",
      project([file('.env', { keys: [key('A'), key('DB_URL', secret, 'url', { isOfProduction: true })] })]),
      ["high .env:1 DB_URL logins of production's hosts on a developer's machine: DB_URL"],
    ],
    ['on a server', project([file('.env.production')], { machine: 'server' }), []],
    ['what git brings to every machine', project([file('.env.production', { tracked: true })]), []],
    ['a key of the test mode', project([file('.env', { keys: [key('A', testMode)] })]), []],
  ],
  'live-in-test': [
    [
      'a live key',
      project([file('.env.test', { keys: [key('A', live)] })]),
      ['high .env.test:1 A A is a live key in a file for test'],
    ],
    [
      'a live key that stands twice, once',
      project([file('.env.test', { keys: [key('A', live), key('A', live)] })]),
      ['high .env.test:1 A A is a live key in a file for test'],
    ],
    [
      "a login of production's host",
      project([file('.env.staging', { keys: [key('DB_URL', secret, 'url', { isOfProduction: true })] })]),
      ["high .env.staging:1 DB_URL DB_URL logs in to one of production's hosts in a file for staging"],
    ],
    [
      "production's value",
      project([file('.env.production'), file('.env.development')]),
      [
        'high .env.development:1 TOKEN TOKEN has the same value as in .env.production, which is for production',
      ],
    ],
    [
      "several of production's values, as one",
      project(['.env.production', '.env.staging'].map(path => file(path, { keys: [key('A'), key('B')] }))),
      ['high .env.staging:1 A A, B have the same values as in .env.production, which is for production'],
    ],
    [
      "production's value where git has both files",
      project(['.env.production', '.env.staging'].map(path => file(path, { tracked: true }))),
      [],
    ],
    [
      'a value of its own',
      project([file('.env.production'), file('.env.development', { keys: [key('TOKEN', secret, 'other')] })]),
      [],
    ],
  ],
  'duplicate-value': [
    [
      'two files',
      project([file('.env'), file('api/.env')]),
      ['medium .env:1 TOKEN TOKEN has the same value as TOKEN in api/.env'],
    ],
    [
      'two names for one login',
      project([
        file('.env', {
          keys: ['DATABASE_URL', 'DIRECT_URL'].map(name =>
            key(name, { ...secret, reason: 'a URL with a password' }, 'same'),
          ),
        }),
      ]),
      [],
    ],
    [
      'two names',
      project([file('.env', { keys: [key('A', secret, 'same'), key('B', secret, 'same')] })]),
      ['low .env:1 A A has the same value as B'],
    ],
    [
      'another project',
      project([file('.env')], { neighbours: [file('/other/.env')] }),
      ['medium .env:1 TOKEN TOKEN has the same value as TOKEN in /other/.env'],
    ],
    [
      'source code',
      project([file('.env')], { sightings: [{ ...sighting, kind: 'code', path: 'a.ts' }] }),
      ['medium .env:1 TOKEN TOKEN has the same value as a.ts:4'],
    ],
    [
      'several values in the same files',
      project(
        ['.env', 'api/.env'].map(path => file(path, { keys: [key('A'), key('B')] })),
        {
          sightings: ['A', 'B'].map(name => ({
            ...sighting,
            kind: 'code',
            path: 'a.ts',
            digest: `digest of ${name}`,
          })),
        },
      ),
      [
        'medium .env:1 A A, B have the same values in api/.env',
        'medium .env:1 A A, B have the same values as a.ts',
      ],
    ],
    [
      'a vault',
      project([file('.env')], {
        sightings: [{ ...sighting, kind: 'vault', path: 'vault local (stage local)', key: 'KEY' }],
      }),
      ['medium .env:1 TOKEN TOKEN has the same value as KEY in vault local (stage local)'],
    ],
    [
      'a vault with another value',
      project([file('.env')], {
        sightings: [{ ...sighting, kind: 'vault', path: 'vault local (stage local)', digest: 'other' }],
      }),
      [],
    ],
    [
      'files that git tracks, each of which is told of',
      project(['.env', 'api/.env'].map(path => file(path, { tracked: true }))),
      [],
    ],
    ['a copy is told as one', project([file('.env'), file('.env.bak')]), []],
    [
      'the same words',
      project([file('.env', { keys: [key('A', weak, 'postgres'), key('B', weak, 'postgres')] })]),
      [],
    ],
  ],
  'duplicate-key': [
    [
      'a key twice',
      project([file('.env', { keys: [key('A'), key('A', secret, 'other', { line: 2 })] })]),
      ['low .env:2 A A stands in line 1 already, with another value; the last counts for most programs'],
    ],
    [
      'several keys twice, as one',
      project([file('.env', { keys: ['A', 'B', 'A', 'B'].map(name => key(name)) })]),
      ['low .env:1 A A, B stand twice, with the same values; the last counts for most programs'],
    ],
    [
      'the same in a template and in what was copied from it, as one',
      project(['.env.example', '.env'].map(path => file(path, { keys: [key('A'), key('A')] }))),
      [
        'low .env.example:1 A A stands in line 1 already, with the same value; the last counts for most programs; also in .env',
      ],
    ],
    ['a key in two files', project([file('.env'), file('.env.local')]), []],
    [
      'what a shell script sets anew',
      project([file('paths.env', { isScript: true, keys: [key('i', config), key('i', config)] })]),
      [],
    ],
  ],
  'unused-key': [
    [
      'a secret that nothing names',
      project([file('.env', { keys })], { uses }),
      ['medium .env:1 D nothing here names D, which holds a secret'],
    ],
    [
      'a setting, where others of its family are read',
      project(
        [file('.env', { keys: [...keys.slice(0, 3), key('CRM_URL', config), key('CRM_OLD', config)] })],
        {
          uses: new Map([...uses, ['CRM_URL', use]]),
        },
      ),
      ['low .env:1 CRM_OLD nothing here names CRM_OLD'],
    ],
    [
      'the same in files of several stages, as one',
      project(
        ['.env', '.env.dev'].map(path => file(path, { keys })),
        { uses },
      ),
      ['medium .env:1 D nothing here names D, which holds a secret; also in .env.dev'],
    ],
    [
      'several settings, as one',
      project(
        [
          file('.env', {
            keys: [...keys.slice(0, 3), ...['CRM_URL', 'CRM_A', 'CRM_B'].map(name => key(name, config))],
          }),
        ],
        { uses: new Map([...uses, ['CRM_URL', use]]) },
      ),
      ['low .env:1 CRM_A nothing here names CRM_A, CRM_B'],
    ],
    [
      'what is given to an image that is made elsewhere',
      project([file('.env', { keys })], {
        uses,
        texts: texts({ 'compose.yaml': 'services:\n  a:\n    image: b\n    env_file: .env' }),
      }),
      [],
    ],
    [
      'what Compose gives to such an image by a part that services share',
      project([file('.env', { keys })], {
        uses,
        texts: texts({
          'compose.yaml':
            'x-a: &a\n  image: b\n  env_file:\n    - path: .env\nservices:\n  a:\n    <<: *a\n    restart: always',
        }),
      }),
      [],
    ],
    [
      'a name of the program that an image brings',
      project([file('.env', { keys: [...keys.slice(0, 3), key('CRM_TOKEN')] })], {
        uses,
        texts: texts({
          Dockerfile: 'FROM registry.shop.test/crm/crm-base:2',
          'compose.yaml': 'services:\n  a:\n    build: .\n    env_file: .env',
        }),
      }),
      [],
    ],
    [
      'a name of such a program in a file that no container is given',
      project([file('.env', { keys: [...keys.slice(0, 3), key('CRM_TOKEN')] })], {
        uses,
        texts: texts({ Dockerfile: 'FROM crm' }),
      }),
      ['medium .env:1 CRM_TOKEN nothing here names CRM_TOKEN, which holds a secret'],
    ],
    [
      'a name of no program in an image',
      project([file('.env', { keys: [...keys.slice(0, 3), key('CRM_TOKEN')] })], {
        uses,
        texts: texts({
          Dockerfile: 'FROM node:22',
          'compose.yaml': 'services:\n  a:\n    build: .\n    env_file: .env',
        }),
      }),
      ['medium .env:1 CRM_TOKEN nothing here names CRM_TOKEN, which holds a secret'],
    ],
    [
      'a key that another value is made of',
      project([file('.env', { keys }), file('b.env', { keys: [], mentioned: ['D'] })], { uses }),
      [],
    ],
    [
      'a setting of a family that is read elsewhere',
      project([file('.env', { keys: [...keys.slice(0, 3), key('CRM_OLD', config)] })], { uses }),
      [],
    ],
    [
      'a project of which not all was searched',
      project([file('.env', { keys })], { uses, searched: false }),
      [],
    ],
    ['most are not named here, so that they are read elsewhere', project([file('.env', { keys })]), []],
    [
      'a name that platforms read',
      project(
        [file('.env', { keys: [...keys.slice(0, 3), key('NODE_ENV', config), key('DEBUG_DEPTH', config)] })],
        { uses },
      ),
      [],
    ],
    [
      'a setting of a family of which only something like it is named',
      project(
        [file('.env', { keys: [...keys.slice(0, 3), key('CRM_URL', config), key('CRM_OLD', config)] })],
        { uses: new Map([...uses, ['CRM_URL', [{ path: 'a.py', line: 1, confidence: 'possible' }]]]) },
      ),
      [],
    ],
    [
      'a name that settings may be made of',
      project([file('.env', { keys })], {
        uses: new Map([...uses, ['D', [{ path: 'a.py', line: 1, confidence: 'possible' }]]]),
      }),
      [],
    ],
  ],
  'missing-example': [
    ['a template in the folder of the same stage', project([file('e2e/.env'), file('e2e/.env.example')]), []],
    [
      'a key that the template lacks',
      project([file('.env'), file('.env.example', { keys: [] })]),
      ['low .env:1 TOKEN .env.example does not name TOKEN'],
    ],
    [
      'a key that the file lacks',
      project([file('.env', { keys: [] }), file('.env.example')]),
      ['low .env.example:1 TOKEN .env lacks TOKEN'],
    ],
    [
      'a tracked file, which everybody has with the template',
      project([
        file('.env', { tracked: true, keys: [key('A', config), key('B', config)] }),
        file('.env.example', { keys: keys.slice(1) }),
      ]),
      [],
    ],
    [
      'a tracked file with secrets, which has to go',
      project([
        file('.env', { tracked: true, keys: [key('TOKEN'), key('A', config)] }),
        file('.env.example', { keys: [key('TOKEN')] }),
      ]),
      ['low .env:1 A .env.example does not name A'],
    ],
    ['no template', project([file('.env')]), ['low .env no template tells others which keys it takes']],
    [
      'a key in a comment of the template',
      project([file('.env'), file('.env.example', { keys: [], commented: ['TOKEN'] })]),
      [],
    ],
    [
      'a template in another folder',
      project([file('.env', { tracked: true }), file('api/.env.example', { keys: [] })]),
      [],
    ],
  ],
  'real-in-example': [
    [
      "a provider's key",
      project([file('.env.example', { keys: [key('A', live)] })]),
      ['critical .env.example:1 A A looks like a real secret in a template (rule stripe-key)'],
    ],
    [
      "a provider's key that is in use",
      project([file('.env', { keys: [key('A', live)] }), file('.env.example', { keys: [key('A', live)] })]),
      ['critical .env.example:1 A A has its real value in the template, the one of .env'],
    ],
    [
      'a value that is in use, whichever was copied from the other',
      project([file('.env'), file('.env.example')]),
      [
        'high .env.example:1 TOKEN TOKEN has the same value in the template and in .env: whoever reads the template knows it',
      ],
    ],
    [
      'several values of one file, as one problem',
      project(['.env', '.env.example'].map(path => file(path, { keys: [key('A'), key('B')] }))),
      [
        'high .env.example:1 A A, B have the same values in the template and in .env: whoever reads the template knows it',
      ],
    ],
    [
      "the project's own key in a template for development",
      project([file('.env.development.example', { keys: [key('APP_SALT', own)] })]),
      [],
    ],
    [
      "the project's own key in a template for development that production has, too",
      project([
        file('.env.development.example', { keys: [key('APP_SALT', own, 'S', { isInProduction: true })] }),
      ]),
      [
        'medium .env.development.example:1 APP_SALT APP_SALT is generated in the template: whoever copies it without a new one has a key that everybody can read',
      ],
    ],
    [
      "what is nobody's own key in a template for development",
      project([file('.env.development.example')]),
      [
        'high .env.development.example:1 TOKEN TOKEN looks like a real secret in a template (named like a secret)',
      ],
    ],
    [
      'a password that a tracked file gives all developers',
      project([
        file('dev.env', { tracked: true, keys: [password] }),
        file('.env.example', { keys: [password] }),
      ]),
      [],
    ],
    [
      'a password in use that a file for development only of this machine has',
      project([file('dev.env', { keys: [password] }), file('.env.example', { keys: [password] })]),
      [
        'high .env.example:1 DB_PASSWORD DB_PASSWORD has the same value in the template and in dev.env: whoever reads the template knows it',
      ],
    ],
    [
      'a generated value',
      project([file('.env.example')]),
      ['high .env.example:1 TOKEN TOKEN looks like a real secret in a template (named like a secret)'],
    ],
    [
      'a real value that only the index has',
      project([file('.env'), file('.env.example', { keys: [] })], {
        staged: [{ path: '.env.example', kind: 'template', stage: 'local', keys: [key('TOKEN')] }],
      }),
      [
        "high .env.example TOKEN TOKEN has the same value in the template as git's index has it and in .env: whoever reads the template knows it",
      ],
    ],
    [
      'a generated key that everybody makes for themselves',
      project([
        file('.env', { keys: [key('APP_SECRET', own, 'A', { isDocumented: true })] }),
        file('.env.example', { keys: [key('APP_SECRET', own, 'A')] }),
      ]),
      [
        'medium .env.example:1 APP_SECRET APP_SECRET is generated in the template: whoever copies it without a new one has a key that everybody can read',
      ],
    ],
    [
      'a key of a test mode, also where it is in use',
      project([
        file('.env', { keys: [key('A', testMode)] }),
        file('.env.example', { keys: [key('A', testMode)] }),
      ]),
      [],
    ],
    ['a value that tests made up', project([file('.env.testing.example'), file('tests/.env.example')]), []],
    [
      'the password of a URL that somebody typed, also where it was copied',
      project([
        file('.env', { keys: [key('MONGO_URI', { ...secret, maker: 'hand' }, 'A', { isDocumented: true })] }),
        file('.env.example', { keys: [key('MONGO_URI', { ...secret, maker: 'hand' }, 'A')] }),
      ]),
      [],
    ],
    [
      "the hash of an example's password",
      project([file('.env.example', { keys: [key('ROOT_SHA2_PASSWORD'), key('ROOT_PASSWORD_HASH')] })]),
      [],
    ],
    [
      'a value that may be made up',
      project([file('.env.example', { keys: [key('A', { ...secret, confidence: 0.6 })] })]),
      [],
    ],
  ],
  'stale-age': [
    [
      'older than its provider wants',
      project([
        file('.env', { modified: NOW - 100 * DAY, keys: [key('A', live, 'A', { rotationDays: 90 })] }),
      ]),
      ['medium .env:1 A unchanged for 100 days, where 90 are the most: A'],
    ],
    [
      'known for longer than the file is old',
      project([file('.env', { keys: [key('A', secret, 'A', { firstSeen: NOW - 400 * DAY })] })]),
      ['medium .env:1 A unchanged for 400 days, where 365 are the most: A'],
    ],
    [
      'a token that has ended',
      project([
        file('.env', { keys: [key('A'), key('JWT', secret, 'JWT', { ends: NOW - 40 * DAY, line: 2 })] }),
      ]),
      ['medium .env:2 JWT JWT ended on 2026-12-22'],
    ],
    [
      'younger',
      project([
        file('.env', { modified: NOW - 89 * DAY, keys: [key('A', live, 'A', { rotationDays: 90 })] }),
      ]),
      [],
    ],
    [
      'a token with its own end',
      project([
        file('.env', { modified: NOW - 400 * DAY, keys: [key('A', secret, 'A', { ends: NOW + DAY })] }),
      ]),
      [],
    ],
  ],
  orphan: [
    [
      'nothing loads env files',
      project([file('.env')], { loaders: [] }),
      ['medium .env:1 TOKEN nothing in the project loads an env file, but it holds secrets in clear'],
    ],
    [
      "long untouched, with a provider's key",
      project([file('.env', { modified: NOW - 200 * DAY, keys: [key('A', live)] })], {
        lastCommit: NOW - 190 * DAY,
      }),
      ['medium .env:1 A untouched for 190 days, as is the project, but it holds secrets in clear'],
    ],
    ['in use', project([file('.env')], { lastCommit: NOW }), []],
    ['tracked: others may use it', project([file('.env', { tracked: true })], { loaders: [] }), []],
  ],
  'web-root': [
    [
      'in a folder for browsers',
      project([file('apps/web/public/.env')]),
      [
        'critical apps/web/public/.env:1 TOKEN it lies in "public/", which web servers give to everybody, and holds secrets in clear',
      ],
    ],
    [
      'a server that gives it away',
      project([file('.env')], {
        served: [{ path: '.env', url: 'http://localhost:3000/.env', keys: ['TOKEN'] }],
      }),
      ['critical .env TOKEN http://localhost:3000/.env answers with it: TOKEN'],
    ],
    ['beside it', project([file('apps/web/.env')]), []],
    ['a folder of a like name', project([file('publications/.env')]), []],
  ],
  'client-bundle': [
    [
      'a secret under a name for browsers',
      project([file('.env', { keys: [key('VITE_TOKEN')] })]),
      [
        'critical .env:1 VITE_TOKEN VITE_TOKEN: its prefix makes the build write it into the code that browsers get (named like a secret)',
      ],
    ],
    [
      'its value in built code',
      project([file('.env')], { sightings: [{ ...sighting, kind: 'bundle', path: 'dist/a.js' }] }),
      ['critical dist/a.js:4 TOKEN the built code holds the value of TOKEN'],
    ],
    ['a setting under such a name', project([file('.env', { keys: [key('VITE_URL', config)] })]), []],
    [
      'a name in files of several stages, told once',
      project(
        ['.env', '.env.production'].map(path => file(path, { keys: [key('VITE_TOKEN', secret, path)] })),
      ),
      [
        'critical .env:1 VITE_TOKEN VITE_TOKEN: its prefix makes the build write it into the code that browsers get (named like a secret); also in .env.production',
      ],
    ],
    [
      'a tracked file with nothing else, told once',
      project([file('.env', { tracked: true, keys: [key('VITE_MAP_TOKEN', live)] })]),
      [
        'critical .env:1 VITE_MAP_TOKEN VITE_MAP_TOKEN: its prefix makes the build write it into the code that browsers get (rule stripe-key)',
      ],
    ],
    [
      'what a template gives everybody under such a name',
      project([
        file('.env', { keys: [key('VITE_MAP_KEY', secret, 'M', { isDocumented: true })] }),
        file('.env.example', { keys: [key('VITE_MAP_KEY', secret, 'M')] }),
      ]),
      [],
    ],
    [
      "a provider's key, and what calls itself a secret, also in a template",
      project([file('.env.example', { keys: [key('VITE_KEY', live), key('VITE_JWT_SECRET')] })]),
      [
        'critical .env.example:1 VITE_KEY VITE_KEY: its prefix makes the build write it into the code that browsers get (rule stripe-key)',
        'critical .env.example:1 VITE_JWT_SECRET VITE_JWT_SECRET: its prefix makes the build write it into the code that browsers get (named like a secret)',
      ],
    ],
  ],
  packed: [
    [
      'a package without a list of files',
      project([file('.env')], {
        texts: texts({ 'package.json': '{"name":"a","version":"1.0.0","main":"a.js","repository":"b"}' }),
        paths: new Set(['.env', 'a.js']),
      }),
      ['high .env:1 TOKEN npm would publish it with the package of package.json'],
    ],
    [
      'an archive',
      project([], { sightings: [{ ...sighting, kind: 'archive', path: 'a.zip!.env' }] }),
      ['high a.zip!.env TOKEN the archive holds an env file with secrets in clear: TOKEN'],
    ],
    [
      'a Python package whose build takes all that git does not ignore',
      project([file('shop/.env')], { texts: texts({ 'pyproject.toml': hatch }) }),
      ['high shop/.env:1 TOKEN Hatch would put it into the source distribution of this project'],
    ],
    [
      'a Python package with an ignore file',
      project([file('shop/.env')], { texts: texts({ 'pyproject.toml': hatch, '.gitignore': '.env' }) }),
      [],
    ],
    [
      'a Python project that is no package',
      project([file('shop/.env')], { texts: texts({ 'pyproject.toml': '[tool.ruff]\nline-length = 99' }) }),
      [],
    ],
    [
      'a Python package that is not to be published',
      project([file('shop/.env')], {
        texts: texts({
          'pyproject.toml': `${hatch}[project]\nclassifiers = ["Private :: Do Not Upload"]\n`,
        }),
      }),
      [],
    ],
    [
      'a manifest of setuptools',
      project([file('.env'), file('shop/prod.env')], {
        texts: texts({ 'setup.py': 'setup()', 'MANIFEST.in': 'recursive-include shop *.env' }),
      }),
      ['high shop/prod.env:1 TOKEN setuptools would put it into the source distribution of this project'],
    ],
    [
      'package data of setuptools',
      project([file('shop/prod.env')], {
        paths: new Set(['shop/prod.env', 'shop/__init__.py']),
        texts: texts({
          'setup.py': '',
          'setup.cfg': '[options.package_data]\nshop =\n  *.env\n',
          'pyproject.toml': '[build-system]\nrequires = ["setuptools"]',
        }),
      }),
      ['high shop/prod.env:1 TOKEN setuptools would put it into the wheel of this project'],
    ],
    [
      'a memory dump',
      project([], { sightings: [{ ...sighting, kind: 'dump', path: 'core.123' }] }),
      ['high core.123 TOKEN the memory dump holds the value of TOKEN'],
    ],
    [
      'a private package',
      project([file('.env')], {
        texts: texts({ 'package.json': '{"name":"a","version":"1.0.0","private":true}' }),
      }),
      [],
    ],
    [
      'a list of files',
      project([file('.env')], {
        texts: texts({ 'package.json': '{"name":"a","version":"1.0.0","files":["dist"]}' }),
      }),
      [],
    ],
    [
      'what git ignores is not packed',
      project([file('.env')], {
        texts: texts({
          'package.json': '{"name":"a","version":"1.0.0","main":"a","repository":"b"}',
          '.gitignore': '.env*',
        }),
        paths: new Set(['.env', 'a.js']),
      }),
      [],
    ],
    [
      'a manifest whose main file is none, as npm writes it',
      project([file('.env')], {
        texts: texts({ 'package.json': '{"name":"a","version":"1.0.0","main":"a.js","repository":"b"}' }),
      }),
      [],
    ],
    [
      'a program that is started',
      project([file('.env')], {
        texts: texts({
          'package.json': JSON.stringify({
            name: 'a',
            version: '1.0.0',
            main: 'a.js',
            repository: 'b',
            scripts: { start: 'node a.js' },
          }),
        }),
        paths: new Set(['.env', 'a.js']),
      }),
      [],
    ],
    [
      'a server, whose manifest does not say where its source is',
      project([file('.env')], {
        texts: texts({
          'package.json': '{"name":"a","version":"1.0.0","main":"a.js"}',
        }),
      }),
      [],
    ],
    [
      'a site, which gives nothing to others',
      project([file('.env')], { texts: texts({ 'package.json': '{"name":"a","version":"1.0.0"}' }) }),
      [],
    ],
  ],
  'editor-history': [
    [
      'what was found at home',
      project([], {
        home: [{ rule: 'editor-history', path: '/home/a/.viminfo', message: 'a copy', fix: '' }],
      }),
      ['medium /home/a/.viminfo a copy'],
    ],
    [
      'what another rule found',
      project([], { home: [{ rule: 'shell-history', path: '/home/a/.h', message: 'a command', fix: '' }] }),
      [],
    ],
  ],
  'shell-history': [
    [
      'what was found at home',
      project([], {
        home: [{ rule: 'shell-history', path: '/home/a/.h', line: 2, message: 'a command', fix: '' }],
      }),
      ['medium /home/a/.h:2 a command'],
    ],
    [
      'what another rule found',
      project([], { home: [{ rule: 'ai-agent', path: 'x', message: 'open', fix: '' }] }),
      [],
    ],
  ],
  'ai-agent': [
    [
      'what was found at home',
      project([], { home: [{ rule: 'ai-agent', path: 'x', message: 'open', fix: '' }] }),
      ['high x open'],
    ],
    [
      'what another rule found',
      project([], { home: [{ rule: 'editor-history', path: 'x', message: 'a copy', fix: '' }] }),
      [],
    ],
  ],
  'ci-copy': [
    [
      'a job prints it',
      project([], { texts: texts({ '.github/workflows/a.yml': 'steps:\n  - run: cat .env' }) }),
      ['high .github/workflows/a.yml:2 prints .env to the log, where masking knows whole values at best'],
    ],
    [
      'an artefact keeps it',
      project([], { texts: texts({ '.gitlab-ci.yml': 'a:\n  artifacts:\n    paths:\n      - .env\n' }) }),
      ['high .gitlab-ci.yml:4 keeps .env in an artefact or a cache, for all who may read those'],
    ],
    [
      'an artefact keeps what git tracks',
      project([file('deploy/a.env', { tracked: true })], {
        texts: texts({
          '.gitlab-ci.yml': 'a:\n  artifacts:\n    paths:\n      - ./deploy/a.env\n',
        }),
      }),
      [],
    ],
    [
      'a job writes it',
      project([], {
        texts: texts({
          '.github/workflows/a.yml': '  - run: cat .env.example > .env\n  - run: echo "A=$A" >> .env',
        }),
      }),
      [],
    ],
    [
      'a job prints the copy of a file that git tracks, with its build filled in',
      project([file('.env.production', { tracked: true })], {
        texts: texts({
          '.github/workflows/a.yml': job([
            'cp .env.production .env',
            'rm .env.production .env.ci',
            "sed -i 's/BUILD=0/BUILD=${{ steps.build.outputs.build }}/' .env",
            `echo "A=${'$'}{{ matrix.suite.env['A_TYPE'] }}" >> .env`,
            'cat .env',
          ]),
        }),
      }),
      [],
    ],
    [
      'a job prints a tracked file to which it added a secret',
      project([file('.env', { tracked: true })], {
        texts: texts({
          '.github/workflows/a.yml': job(['echo "TOKEN=${{ secrets.TOKEN }}" >> .env', 'cat .env']),
        }),
      }),
      ['high .github/workflows/a.yml:6 prints .env to the log, where masking knows whole values at best'],
    ],
    [
      'a job prints a copy to which another program adds',
      project([file('.env.ci', { tracked: true })], {
        texts: texts({
          '.github/workflows/a.yml': job(['cat .env.ci > .env', 'vercel env pull .env', 'cat .env']),
        }),
      }),
      ['high .github/workflows/a.yml:7 prints .env to the log, where masking knows whole values at best'],
    ],
    [
      'a job prints the copy of a file that git does not track',
      project([file('.env.ci')], {
        texts: texts({ '.github/workflows/a.yml': job(['mv ./.env.ci .env', 'cat .env']) }),
      }),
      ['high .github/workflows/a.yml:6 prints .env to the log, where masking knows whole values at best'],
    ],
    [
      'another job copies what git tracks',
      project([file('.env.ci', { tracked: true })], {
        texts: texts({
          '.github/workflows/a.yml': `${job(['cp .env.ci .env'])}\n  b:\n    steps:\n      - run: cat .env`,
        }),
      }),
      ['high .github/workflows/a.yml:8 prints .env to the log, where masking knows whole values at best'],
    ],
    [
      'a job prints what goes to browsers',
      project([], {
        texts: texts({
          '.github/workflows/a.yml': job([
            "echo VITE_URL='${{ secrets.VITE_URL }}' > ./web/.env",
            'cat >> ./web/.env << EOF',
            'VITE_KEY=${{ secrets.VITE_KEY }}',
            'EOF',
            'cat ./web/.env',
          ]),
        }),
      }),
      [],
    ],
    [
      'a job prints what goes to browsers and one more',
      project([], {
        texts: texts({
          '.github/workflows/a.yml': job([
            'echo "VITE_URL=$VITE_URL" > .env',
            'echo "TOKEN=$TOKEN" >> .env',
            'cat .env',
          ]),
        }),
      }),
      ['high .github/workflows/a.yml:7 prints .env to the log, where masking knows whole values at best'],
    ],
    [
      'a job gathers it with more into another file',
      project([], {
        texts: texts({
          '.github/workflows/a.yml': job(['{', '  cat .env', '  echo A=1', '} >> .env.local']),
        }),
      }),
      [],
    ],
    [
      'a job prints it among other commands',
      project([], { texts: texts({ '.github/workflows/a.yml': job(['{', '  cat .env', '}', 'ls > a']) }) }),
      ['high .github/workflows/a.yml:6 prints .env to the log, where masking knows whole values at best'],
    ],
    [
      'a job prints a file that git tracks in the folder where it works',
      project([file('web/.env', { tracked: true })], {
        texts: texts({ '.github/workflows/a.yml': job(['cd ./web', 'cat .env']) }),
      }),
      [],
    ],
    [
      'a job prints a file of another folder than the one that git tracks',
      project([file('web/.env', { tracked: true })], {
        texts: texts({ '.github/workflows/a.yml': job(['cd api', 'cat .env']) }),
      }),
      ['high .github/workflows/a.yml:6 prints .env to the log, where masking knows whole values at best'],
    ],
    [
      "GitLab's report of variables",
      project([], {
        texts: texts({ '.gitlab-ci.yml': 'a:\n  artifacts:\n    reports:\n      dotenv: build.env\n' }),
      }),
      [],
    ],
  ],
  link: [
    [
      'a link out of the project',
      project([file('.env', { keys: [], link: { target: '../shared/.env', leaves: true } })]),
      ['medium .env a link to ../shared/.env, outside this project'],
    ],
    [
      'a second name of the file',
      project([file('.env', { hardLinks: 2 })]),
      ['medium .env the same file has 1 other name on this disk, and holds secrets in clear'],
    ],
    [
      'a stash',
      project([file('.env')], { sightings: [{ ...sighting, kind: 'stash', path: 'stash@{0}:.env' }] }),
      ['medium stash@{0}:.env:4 TOKEN a stash holds the value of TOKEN'],
    ],
    [
      'a submodule',
      project([file('.env')], { sightings: [{ ...sighting, kind: 'submodule', path: 'lib/.env' }] }),
      ['medium lib/.env:4 TOKEN a submodule, which is a repository of its own, holds the value of TOKEN'],
    ],
    [
      'source code',
      project([file('.env')], { sightings: [{ ...sighting, kind: 'code', path: 'a.ts' }] }),
      [],
    ],
    ['a link within the project', project([file('.env', { link: { target: 'a.env', leaves: false } })]), []],
  ],
}

for (const [rule, cases] of Object.entries(rows))
  for (const [title, facts, expected] of cases)
    test(`${rule} ${expected.length ? 'reports' : 'passes over'}: ${title}`, () => {
      const found = findProblems(facts, { [rule]: hygieneRules[rule as HygieneRuleName] })
      expect(
        found.map(({ severity, path, line, key: name, message }) =>
          [`${severity} ${path}${line ? `:${line}` : ''}`, name, message].filter(Boolean).join(' '),
        ),
      ).toEqual(expected)
      expect(found.every(problem => problem.rule === rule && problem.severity !== undefined)).toBe(true)
    })

test('every rule of the contract is there', () => {
  expect(hygieneRuleNames.sort().join(' ')).toBe(
    'ai-agent backup-copy ci-copy client-bundle docker-context duplicate-key duplicate-value editor-history image-layer in-history link live-in-test missing-example negated-ignore not-ignored orphan packed prod-on-dev real-in-example shell-history stale-age tracked unused-key web-root world-readable',
  )
})
