import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadGenericJudge } from '../../../src/commands/generic-judge.ts'
import { featuresOf, type GenericCandidate } from '../../../src/engine/generic/features.ts'

const judge = loadGenericJudge()

function candidate(name: string, pieces: string[], more: Partial<GenericCandidate> = {}): GenericCandidate {
  return {
    name,
    value: pieces.join(''),
    start: 0,
    operator: '=',
    path: 'src/settings.py',
    ...more,
  }
}

const secrets: [title: string, GenericCandidate][] = [
  ['a random password', candidate('db_password', ['q8Zt5', '!vQ1hXw7'])],
  ['a generated password with much punctuation', candidate('BECOME_PASS', ['FwD+uBF', '?6_k4RG'])],
  ['a hexadecimal key', candidate('api_key', ['4be1d0c97', 'a52f3386e19b7a0', '5c2d84fe'])],
  [
    'a token in an env file',
    candidate('ACCESS_TOKEN', ['q8Zt5vQ', '1hXw7PbJ3', 'mN9rK2sL'], { path: '.env' }),
  ],
]

test.each(secrets)('%s is reported by default', (_title, facts) => {
  expect(judge.judge(facts)).toBeGreaterThanOrEqual(0.5)
})

const others: [title: string, GenericCandidate][] = [
  ['the name of a field', candidate('password_field', ['user', 'Password'])],
  ['a label', candidate('password', ['Enter', ' password'])],
  ['a path', candidate('key_file', ['/etc/ssl', '/private/server.key'])],
  ['a call', candidate('token', ['parser.next', 'Token()'])],
  ['a type', candidate('secret', ['Sec', 'retStr'], { operator: ':' })],
  [
    'an example in a manual of the system',
    candidate('api_key', ['4be1d0c97', 'a52f3386e19b7a0', '5c2d84fe'], {
      path: 'root/usr/share/man/man1/kdf.1',
    }),
  ],
  ...[
    'root/app/node_modules/a/src/error.test.ts',
    'root/app/node_modules/a/test.js',
    'srv/site-packages/a/tests/data.py',
    'a.deb!usr/share/doc/a',
  ].map((path): [string, GenericCandidate] => [
    `an example in ${path}`,
    candidate('api_key', ['4be1d0c97', 'a52f3386e19b7a0', '5c2d84fe'], { path }),
  ]),
  ['a version', candidate('minipass', ['^7', '.1.2'], { path: 'package-lock.json' })],
]

test.each(others)('%s is not reported', (_title, facts) => {
  expect(judge.judge(facts)).toBeLessThan(0.5)
})

test('the answer is explained by features that the candidate has', () => {
  const facts = candidate('db_password', ['q8Zt5', '!vQ1hXw7'])
  const evidence = judge.explain(facts)
  expect(evidence.length).toBeGreaterThan(5)
  expect(evidence.map(({ feature }) => feature).filter(name => !(name in featuresOf(facts)))).toEqual([])
})

test('what is asked about from a confidence up is told alike, and of all else that it is less', () => {
  const value = fc.stringMatching(/^[A-Za-z0-9!_.-]{6,40}$/)
  const name = fc.constantFrom('password', 'api_key', 'token', 'authority', 'secretName')
  const sure = loadGenericJudge(0.5)
  fc.assert(
    fc.property(name, value, (name, value) => {
      const facts = candidate(name, [value])
      const exact = judge.judge(facts)
      const answer = sure.judge(facts)
      if (exact >= 0.5) expect(answer).toBe(exact)
      else expect([answer < 0.5, answer > 0]).toEqual([true, exact > 0])
    }),
    { numRuns: 300 },
  )
})

test('every feature is a number for any text', () => {
  for (const value of ['', ' ', '\u0000', 'é', '='.repeat(5000), '1', '{x}']) {
    const wrong = Object.entries(featuresOf(candidate('key', [value]))).filter(
      ([, number]) => !Number.isFinite(number),
    )
    expect(wrong).toEqual([])
  }
})

test('no path makes a value more likely a secret than judgeAnywhere says', () => {
  const words = ['password', 'config', 'prod', 'test', 'docs', 'vendor', 'i18n', 'src', '.env', 'main']
  const extensions = ['', '.py', '.yml', '.md', '.json', '.sql', '.lock', '.tf', '.cc']
  const path = fc
    .tuple(
      fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...extensions),
    )
    .map(([parts, extension]) => parts.join('/') + extension)
  const value = fc.string({ minLength: 6, maxLength: 40 })
  fc.assert(
    fc.property(path, value, fc.constantFrom(...words), (path, value, name) => {
      const candidate = { name, value, path, start: 0, operator: '=' }
      expect(judge.judge(candidate)).toBeLessThanOrEqual(judge.judgeAnywhere(candidate) + 1e-12)
    }),
  )
})
