import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { git, makeRepository, writeFiles } from '../support/temporary-directory.ts'

const token = ['sk_l', 'ive_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join('')
const shop = (end: string) => ['shop_', 'q8Zt5vQ1hXw7', end].join('')

interface JsonFinding {
  rule: string
  places: { path: string; line: number }[]
}

/** `rule path:line` of all that is found under a config, with what was said beside. */
function found(config: string, files: Record<string, string>, name = '.gitleaks.toml', args: string[] = []) {
  const directory = makeRepository({ [name]: config, ...files })
  const { stdout, stderr, code } = runCli(['scan', '--format', 'json', ...args], { cwd: directory })
  if (code === 2) return { code, stderr }
  const { findings }: { findings: JsonFinding[] } = JSON.parse(stdout)
  const list = findings.flatMap(({ rule, places }) =>
    places.map(({ path, line }) => `${rule} ${path}:${line}`),
  )
  return { list: list.sort(), stderr }
}

const rule = `[[rules]]
id = "shop-key"
regex = '''shop_[0-9A-Za-z]{16,}'''
keywords = ["shop_"]
`

test('without extend only its own rules count', () => {
  expect(found(rule, { 'a.ts': `${token}\n${shop('PbJ3')}` })).toEqual({
    list: ['shop-key a.ts:2'],
    stderr: '',
  })
  expect(found(rule, { 'a.ts': shop('PbJ3') }, '.betterleaks.toml').list).toEqual(['shop-key a.ts:1'])
})

test('the default that it extends is ours; rules it disables are those of ours that stand for them', () => {
  const files = { 'a.ts': `${token}\n${shop('PbJ3')}` }
  const config = `${rule}[extend]\nuseDefault = true\n`
  expect(found(config, files).list).toEqual(['shop-key a.ts:2', 'stripe-secret-key a.ts:1'])
  expect(found(`${config}disabledRules = ["stripe-access-token"]\n`, files).list).toEqual(['shop-key a.ts:2'])
  expect(found(`${config}disabledRules = ["nobody-knows"]\n`, files)).toEqual({
    list: ['shop-key a.ts:2', 'stripe-secret-key a.ts:1'],
    stderr: 'stanch: .gitleaks.toml: there is no rule like "nobody-knows" here, so nothing to disable it\n',
  })
})

test('a path is extended from the current directory, and two steps deep', () => {
  const files = {
    'a.ts': shop('PbJ3'),
    'base.toml': '[extend]\npath = "deep/base.toml"\n',
    'deep/base.toml': rule,
  }
  expect(found('[extend]\npath = "base.toml"\n', files).list).toEqual(['shop-key a.ts:1'])
  const override =
    '[extend]\npath = "deep/base.toml"\n[[rules]]\nid = "shop-key"\n[[rules.allowlists]]\npaths = ["a.ts"]\n'
  expect(found(override, { ...files, 'b.ts': shop('PbJ4') }).list).toEqual(['shop-key b.ts:1'])
  expect(found('[extend]\npath = "none.toml"\n', {})).toEqual({
    code: 2,
    stderr: 'stanch: cannot read "none.toml": no such file\n  It is extended by .gitleaks.toml.\n',
  })
})

const lists: [title: string, list: string, expected: string[]][] = [
  ['paths', `paths = ['''^test/''']`, ['a.ts:1', 'a.ts:2']],
  ['a regex on the secret', `regexes = ['''PbJ3$''']`, ['a.ts:2', 'test/b.ts:1']],
  ['a regex on the line', `regexTarget = "line"\nregexes = ['''harmless''']`, ['a.ts:1', 'test/b.ts:1']],
  [
    'a regex on the match',
    `regexTarget = "match"\nregexes = ['''^shop_.*uAf6''']`,
    ['a.ts:1', 'test/b.ts:1'],
  ],
  ['stopwords, in any case', `stopwords = ["PBJ3"]`, ['a.ts:2', 'test/b.ts:1']],
  ['one of several conditions', `stopwords = ["pbj3"]\npaths = ['''^test/''']`, ['a.ts:2']],
  [
    'all of several conditions',
    `condition = "AND"\nstopwords = ["k2sl"]\npaths = ['''^test/''']`,
    ['a.ts:1', 'a.ts:2'],
  ],
  [
    'all, of which one does not hold',
    `condition = "AND"\nstopwords = ["pbj3"]\npaths = ['''^test/''']`,
    ['a.ts:1', 'a.ts:2', 'test/b.ts:1'],
  ],
]

test.each(lists)('an allowlist with %s', (_title, list, expected) => {
  const files = {
    'a.ts': `${shop('PbJ3')}\n${shop('uAf6')} // harmless\n`,
    'test/b.ts': shop('K2sL'),
  }
  const places = expected.map(place => `shop-key ${place}`)
  expect(found(`${rule}[[rules.allowlists]]\n${list}\n`, files).list).toEqual(places)
  expect(found(`${rule}[[allowlists]]\n${list}\n`, files).list).toEqual(places)
  expect(found(`${rule}[[allowlists]]\ntargetRules = ["shop-key"]\n${list}\n`, files).list).toEqual(places)
})

test('a global allowlist for other rules does not count, and holds for ours that stand for theirs', () => {
  const config = `${rule}[extend]\nuseDefault = true\n[[allowlists]]\ntargetRules = ["stripe-access-token"]\npaths = ['''a\\.ts''']\n`
  expect(found(config, { 'a.ts': `${token}\n${shop('PbJ3')}` }).list).toEqual(['shop-key a.ts:2'])
})

test('commits are allowed by their name', () => {
  const directory = makeRepository({ 'a.ts': shop('PbJ3') })
  git(directory, 'add', '.')
  git(directory, 'commit', '-qm', 'x')
  const commit = git(directory, 'rev-parse', 'HEAD').trim()
  const remote = join(makeRepository(), '.git')
  git(directory, 'remote', 'add', 'origin', remote)
  const push = (config: string) => {
    writeFiles(directory, { '.gitleaks.toml': config })
    const line = `refs/heads/main ${commit} refs/heads/main ${'0'.repeat(40)}\n`
    return runCli(['hook', 'run', 'pre-push', 'origin', remote], { cwd: directory, input: line }).code
  }
  expect(push(rule)).toBe(1)
  expect(push(`${rule}[[allowlists]]\ncommits = ["${commit.toUpperCase()}"]\n`)).toBe(0)
  expect(push(`${rule}[[allowlists]]\ncommits = ["${'0'.repeat(40)}"]\n`)).toBe(1)
  expect(
    push(`${rule}[[allowlists]]\ncondition = "AND"\ncommits = ["${commit}"]\npaths = ['''b\\.ts''']\n`),
  ).toBe(1)
})

test('entropy at the bound drops, groups give the secret, keywords gate, a path alone finds files', () => {
  const config = `
[[rules]]
id = "by-entropy"
regex = '''ent=([a-z]+)'''
entropy = 2.0
[[rules]]
id = "by-group"
regex = '''(?i)(pre)-(\\w{10})'''
secretGroup = 2
keywords = ["pre-"]
[[rules]]
id = "gated"
regex = '''gate[0-9]{6}'''
keywords = ["opener"]
[[rules]]
id = "by-path"
path = '''\\.p12$'''
[[rules]]
id = "helper"
regex = '''help[0-9]{4}'''
skipReport = true
[[rules]]
id = "needs"
regex = '''need[0-9]{4}'''
[[rules.required]]
id = "helper"
withinLines = 1
`
  const files = {
    'entropy.txt': 'ent=abcd\nent=abcde\n',
    'group.txt': 'PRE-abcdefghij\n',
    'closed.txt': 'gate123456\n',
    'open.txt': 'OPENER gate123456\n',
    'store.p12': 'x',
    'near.txt': 'help1234\nneed1234\n',
    'far.txt': 'help1234\n\n\nneed1234\n',
  }
  expect(found(config, files).list).toEqual([
    'by-entropy entropy.txt:2',
    'by-group group.txt:1',
    'by-path store.p12:1',
    'gated open.txt:1',
    'needs near.txt:2',
  ])
})

test('what another tool calls a finding is one, also where we would see a placeholder', () => {
  expect(found(rule, { 'a.ts': 'shop_EXAMPLEEXAMPLEEXAMPLE' }).list).toEqual(['shop-key a.ts:1'])
})

test('its own text is not searched, and our settings come first', () => {
  expect(found(`${rule}# ${shop('PbJ3')}\n`, {}).list).toEqual([])
  expect(found(rule, { 'a.ts': `${token}\n${shop('PbJ3')}`, '.stanch.toml': '[scan]\n' }).list).toEqual([
    'stripe-secret-key a.ts:1',
  ])
})

test('a filter of betterleaks that is not evaluated is told', () => {
  const config = `${rule}filter = '''entropy(finding["secret"]) <= 3'''\n`
  expect(found(config, {}, '.betterleaks.toml').stderr).toBe(
    'stanch: .betterleaks.toml: rule "shop-key": its filter is not evaluated, so more is reported\n',
  )
})

const mistakes: [config: string, said: string][] = [
  ['[[rules]]\nregex = "a"', '.gitleaks.toml: a rule without an id'],
  ['[[rules]]\nid = "x"', '.gitleaks.toml: rule "x": neither regex nor path'],
  ['[[rules]]\nid = "x"\nregex = "a("', '.gitleaks.toml: rule "x": '],
  [
    '[[rules]]\nid = "x"\nregex = "(a)"\nsecretGroup = 2',
    'rule "x": secretGroup is 2, but the regex has 1 groups',
  ],
  ['[extend]\nuseDefault = true\npath = "x.toml"', '.gitleaks.toml: extend has both path and useDefault'],
]

test.each(mistakes)('%j ends with 2', (config, said) => {
  const { code, stderr } = found(config, {})
  expect(code).toBe(2)
  expect(stderr).toContain(said)
})
