import { expect, test } from 'vitest'
import { EnvReader } from '../../src/commands/env/facts/env-text.ts'

const reader = new EnvReader(
  () => [],
  value => value,
)
const isScript = (text: string) => reader.read(Buffer.from(text)).isScript

test('a text that only a shell can read is a script', () => {
  const scripts = [
    'if [ "$CI" = 1 ]; then\nA=1\nfi',
    'A=1\nelse\nA=2',
    'HOST=${URL/*@/}',
    'DIRS[((i++))]=a',
    'f() {\nA=1\n}',
  ]
  expect(scripts.filter(text => !isScript(text))).toEqual([])
})

test('a text that a template engine makes a file of is none as it stands', () => {
  expect(isScript('{% if chain %}\nA=1\n{% else %}\nA=2\n{% endif %}')).toBe(true)
})

test('variables that refer to others, and lines that are no assignment, make no script', () => {
  const files = [
    'PATH=$PATH:/opt',
    'A=${B:-c}',
    "A='${B/c}'",
    'for production only\nA=1',
    'done with it\nA=1',
  ]
  expect(files.filter(isScript)).toEqual([])
})
