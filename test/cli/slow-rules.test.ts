import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

/** Letters of which no piece comes three times in a row (Thue and Morse), as a typed one might. */
function letters(count: number): string {
  const ones = (i: number) => i.toString(2).replaceAll('0', '').length
  return Array.from({ length: count }, (_, i) => 'ab'.charAt(ones(i) % 2)).join('')
}

const key = `tok_${letters(18)}!`

function rule(regex: string): string {
  return `[[rules]]\nid = "shop-token"\nregex = '''${regex}'''\n`
}

test('a pattern that a backtracking engine never ends on costs little on hostile text, and a warning', () => {
  const cwd = makeDirectory({
    'r.toml': rule('tok_(?:a|aa|b)+!'),
    'hostile.txt': `tok_${'a'.repeat(200)}\n`.repeat(3000),
    'real.txt': key,
  })
  const started = Date.now()
  const { stdout, stderr, code } = scan(cwd, 'hostile.txt', 'real.txt')
  expect(Date.now() - started).toBeLessThan(process.env.CI ? 10_000 : 5000)
  expect(placesIn(stdout)).toEqual(['real.txt:1'])
  expect(code).toBe(1)
  expect(stderr).toBe(
    'stanch: rule "shop-token": its regex could take forever, so it runs on a slower engine that cannot\n',
  )
})

test('what a rule allows, and where it looks, is decided in time whatever the patterns', () => {
  const allowed =
    "\n[[rules.allowlists]]\nregexes = ['''^tok_(?:[ab]|[ab][ab])+$''']\npaths = ['''^(?:a|aa)+$''']\n"
  const cwd = makeDirectory({
    'r.toml': `${rule('tok_[ab]{18,60}!')}path = '''^(?:a|aa|b|bb)+$'''\n${allowed}`,
    ['ab'.repeat(40)]: `tok_${letters(60)}!`,
    [`${'a'.repeat(80)}c`]: `tok_${letters(60)}!`,
  })
  const { stdout, code } = scan(cwd, '.')
  expect({ places: placesIn(stdout), code }).toEqual({ places: [`${'ab'.repeat(40)}:1`], code: 1 })
})

test('a pattern that no engine can run in time is refused', () => {
  const cwd = makeDirectory({ 'r.toml': rule('tok_(?:(?:a|aa){0,100}){0,100}!'), 'a.txt': key })
  expect(scan(cwd, 'a.txt')).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'stanch: r.toml: rule "shop-token": the regex can take forever on some texts\n' +
      '  Bound its repetitions, and let no two of them that follow each other take the same characters.\n',
  })
})

test('a pattern without a literal works, with a warning', () => {
  const cwd = makeDirectory({ 'r.toml': rule('[a-z]{3}_(?:[ab]{18})!'), 'a.txt': key })
  const { stdout, stderr } = scan(cwd, 'a.txt')
  expect(placesIn(stdout)).toEqual(['a.txt:1'])
  expect(stderr).toBe(
    'stanch: rule "shop-token": its regex holds no literal of three characters, so every text is searched whole\n',
  )
})

test('a content that takes too long is given up, and reported', () => {
  const cwd = makeDirectory({
    'r.toml': rule('[a-z]+ ?[a-z]+ ?[a-z]+[0-9]'),
    'a.txt': 'abc de '.repeat(500_000),
  })
  const { stdout } = scan(cwd, 'a.txt', '--timeout', '0.05')
  expect(JSON.parse(stdout).coverage).toMatchObject({
    complete: false,
    items: 1,
    skipped: [{ reason: 'timeout', count: 1, bytes: 3_500_000, examples: ['a.txt'] }],
  })
})

function scan(cwd: string, ...args: string[]) {
  return runCli(['scan', '--rules', 'r.toml', '--no-default-rules', '--format', 'json', ...args], { cwd })
}

function placesIn(stdout: string): string[] {
  const { findings } = JSON.parse(stdout)
  return findings.flatMap(({ places }: { places: { path: string; line: number }[] }) =>
    places.map(({ path, line }) => `${path}:${line}`),
  )
}
