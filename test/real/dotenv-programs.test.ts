import { execFileSync, spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Dialect, valuesOf } from '../../src/dotenv/dialect.ts'
import { php } from '../../src/dotenv/dialects/php.ts'
import { python } from '../../src/dotenv/dialects/python.ts'
import { sh } from '../../src/dotenv/dialects/sh.ts'
import { systemd } from '../../src/dotenv/dialects/systemd.ts'
import { constructs } from '../dotenv/constructs.ts'
import { envText } from '../dotenv/env-text.ts'
import { findProgram } from '../support/find-program.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

/** What a program makes of each text; `null` where it refuses. */
type Results = (Record<string, string | null> | null)[]

const phpScript = `require '/usr/share/php/Dotenv/autoload.php';
$all = [];
foreach (json_decode(stream_get_contents(STDIN)) as $text) {
  try { $all[] = (object) Dotenv\\Dotenv::parse($text); } catch (Throwable $e) { $all[] = null; }
}
echo json_encode($all);`

const pythonScript = `import io, json, logging, sys
from dotenv import dotenv_values
logging.disable()
print(json.dumps([dict(dotenv_values(stream=io.StringIO(text, newline=''))) for text in json.load(sys.stdin)]))`

/** Newer versions than Debian's take letters of all alphabets, a byte order mark, and `="` within a value of several lines. */
const isSameInOld = (text: string) => !/[^\0-\x7f]/.test(text) && text.split('="').length < 3

const programs: [
  title: string,
  dialect: Dialect,
  run: (texts: readonly string[]) => Results,
  isFair: (text: string) => boolean,
][] = [
  [
    'phpdotenv',
    php,
    ask('php', 'apt-get install php-cli php-vlucas-phpdotenv', ['-r', phpScript]),
    isSameInOld,
  ],
  [
    'python-dotenv',
    python,
    ask(process.env.TEST_PYTHON ?? 'python3', 'apt-get install python3, and pip install python-dotenv', [
      '-c',
      pythonScript,
    ]),
    () => true,
  ],
]

for (const [title, dialect, run, isFair] of programs)
  test(`${title} reads constructs and random texts as its dialect says`, () => {
    const texts = [...constructs, ...fc.sample(envText, 3000)].filter(isFair)
    const theirs = run(texts)
    const different = texts.flatMap((text, i) => {
      const pair = [read(dialect, text), theirs[i] ?? null]
      return isEqual(pair[0], pair[1]) ? [] : [[text, ...pair]]
    })
    expect(different).toEqual([])
  })

/**
 * What systemd's own reader of environment files makes of a text; `${NAME}` would be filled in there, unlike in units.
 * Empty values, of which it tells only those that blanks were dropped from, are left out.
 */
function readBySystemd(text: string): Record<string, string> {
  const home = makeDirectory({ 'environment.d/a.conf': text })
  const env = { HOME: home, XDG_CONFIG_HOME: home, LANG: 'C.UTF-8' }
  const { stdout } = spawnSync(generator, { env })
  const lines = [...stdout.toString('utf8').matchAll(/^(\w+)=(?:"((?:[^"\\]|\\.)*)"|(.*))$/gm)]
  const all = lines.map(([, key = '', quoted, bare = '']) => [
    key,
    quoted === undefined ? bare : undoEscapes(quoted),
  ])
  return Object.fromEntries(all.filter(([key = '', value]) => value && /^(?:A$|B)/.test(key)))
}

const generator = '/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator'

function undoEscapes(text: string): string {
  const named: Record<string, string> = { n: '\n', t: '\t', r: '\r' }
  return text.replace(/\\(.)/g, (_, char: string) => named[char] ?? char)
}

test("systemd's reader reads constructs and random texts as its dialect says", () => {
  const texts = [...constructs, ...fc.sample(envText, 200)].filter(text => !/[$\ufeff]/.test(text))
  const different = texts.flatMap(text => {
    const told = systemd
      .evaluate(text, {})
      .variables.filter(({ key, value }) => value && /^(?:A$|B)/.test(key))
    const ours = Object.fromEntries(told.map(({ key, value }) => [key, value]))
    const theirs = readBySystemd(text)
    return isEqual(ours, theirs) ? [] : [[text, ours, theirs]]
  })
  expect(different).toEqual([])
}, 60_000)

/** No program is found, and bash, which reads settings where it seems to be the first shell, does not. */
const bare = { PATH: '/nowhere', SHLVL: '2' }

/** What a shell exports that sources the text. It finds no program, and what it sets itself is left out. */
function sourceWith(shell: string, text: string): Record<string, string> {
  const cwd = makeDirectory({ 'a.env': text })
  const { stdout } = spawnSync(shell, ['-c', 'set -a; . ./a.env; /usr/bin/env -0'], { cwd, env: bare })
  const entries = stdout
    .toString('utf8')
    .split('\0')
    .filter(Boolean)
    .map(entry => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)])
  return Object.fromEntries(entries.filter(([key = '']) => !/^(?:PATH|PWD|OLDPWD|SHLVL|_)$/.test(key)))
}

/** Texts in which a shell would run something, or stop, are told of as such; what it then does is its own. */
function isPlainForShells(text: string): boolean {
  return sh.evaluate(text, {}).notices.every(({ kind }) => kind === 'unset')
}

test.each(['/bin/bash', '/bin/dash'])(
  '%s sets what the dialect of shells says, of constructs and random texts',
  shell => {
    const texts = [...constructs, ...fc.sample(envText, 2000)].filter(text => isPlainForShells(text))
    const assigning = texts.filter(text => sh.evaluate(text, {}).variables.length > 0).slice(0, 400)
    expect(assigning.length).toBeGreaterThan(100)
    const different = assigning.flatMap(text => {
      const ours = Object.fromEntries(valuesOf(sh.evaluate(text, {})))
      const theirs = sourceWith(shell, text)
      return isEqual(ours, theirs) ? [] : [[text, ours, theirs]]
    })
    expect(different).toEqual([])
  },
  60_000,
)

function read(dialect: Dialect, text: string): Record<string, string | null> | null {
  const evaluation = dialect.evaluate(text, {})
  if (evaluation.notices.some(({ kind }) => kind === 'refused')) return null
  return Object.fromEntries(valuesOf(evaluation))
}

function isEqual(a: unknown, b: unknown): boolean {
  const sorted = (value: unknown) => JSON.stringify(value && Object.entries(value).sort())
  return sorted(a) === sorted(b)
}

function ask(
  program: string,
  howToInstall: string,
  args: readonly string[],
): (texts: readonly string[]) => Results {
  return texts => {
    const path = program.includes('/') ? program : findProgram(program, howToInstall)
    const env = { PATH: process.env.PATH, LANG: 'C.UTF-8' }
    return JSON.parse(
      execFileSync(path, [...args], { input: JSON.stringify(texts), env, maxBuffer: 2 ** 28 }).toString(),
    )
  }
}
