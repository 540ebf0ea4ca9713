import { groupBy } from '../../group-by.ts'
import type { Doubt } from '../doubt.ts'
import type { EnvFile, KeyFact } from '../facts.ts'
import { type Found, folderOf, type HygieneRule, isForTests, listNames } from '../problem.ts'

export const duplicateKey: HygieneRule = {
  severity: 'low',
  summary: 'a key stands twice in a file, and the last counts',
  check: ({ files }) => tellOnce(files.filter(file => !file.isCopy && !file.isScript).flatMap(check)),
}

interface Repeated {
  key: KeyFact
  before: KeyFact
}

/** What was copied from a template repeats what the template does. */
function tellOnce(found: readonly Found[]): Found[] {
  const groups = groupBy(found, ({ path, line, message }) => JSON.stringify([folderOf(path), line, message]))
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const also = others.length ? `; also in ${listNames(others.map(({ path }) => path))}` : ''
    return [{ ...first, message: first.message + also }]
  })
}

/** One problem a file: files that somebody put together repeat whole blocks. */
function check(file: EnvFile): Found[] {
  const repeated = findRepeated(file.keys)
  const [first] = repeated
  if (!first) return []
  const isSame = repeated.every(({ key, before }) => before.digest === key.digest)
  const names = [...new Set(repeated.map(({ key }) => key.name))]
  const subject =
    names.length > 1
      ? `${listNames(names)} stand twice`
      : `${first.key.name} stands in line ${first.before.line} already`
  const several = names.length > 1 ? 'other values' : 'another value'
  return [
    {
      path: file.path,
      line: first.key.line,
      key: first.key.name,
      severity: 'low',
      ...doubt(file, repeated, isSame),
      message: `${subject}, with ${isSame ? `the same value${names.length > 1 ? 's' : ''}` : several}; the last counts for most programs`,
      fix: 'Take one of them out.',
    },
  ]
}

/** Whoever appends a block of other values knows that the last counts. */
function doubt(
  { path, stage, kind, copyOf, keys }: EnvFile,
  repeated: readonly Repeated[],
  isSame: boolean,
): Doubt {
  if (isSame) return { doubt: 'it changes nothing' }
  if (kind === 'template' || copyOf !== undefined)
    return { doubt: 'a template may show a key wherever it matters' }
  if (isForTests({ path, stage })) return { doubt: 'tests may change what a template says' }
  const isChoice = ({ key, before }: Repeated) =>
    keys.indexOf(key) - keys.indexOf(before) === 1 && key.line - before.line > 1
  if (repeated.every(isChoice)) return { doubt: 'with nothing but remarks between them they may be a choice' }
  const last = keys.slice(-repeated.length)
  const isBlock = repeated.length >= BLOCK && repeated.every(({ key }) => last.includes(key))
  return isBlock ? { doubt: 'a block at the end may be meant to change what stands before it' } : {}
}

/** Nobody repeats as many keys by mistake, one after the other. */
const BLOCK = 3

function findRepeated(keys: readonly KeyFact[]): Repeated[] {
  const last = new Map<string, KeyFact>()
  return keys.flatMap(key => {
    const before = last.get(key.name)
    last.set(key.name, key)
    return before ? [{ key, before }] : []
  })
}
