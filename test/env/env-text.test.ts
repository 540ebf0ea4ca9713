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
  expect(isScript('{{#if chain}}\nA=1\n{{else}}\nA=2\n{{/if}}')).toBe(true)
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

test('remarks that a file is a template, or not for production, say that it holds defaults', () => {
  const says = (text: string) => reader.read(Buffer.from(text)).saysDefaults
  expect(says('# DO NOT DEFINE PRODUCTION SECRETS IN THIS FILE\nA=1')).toBe(true)
  expect(says('# Copy this file to .env\nA=1')).toBe(true)
  expect(says('# For local development only\nA=1')).toBe(true)
  expect(says('# Production. Do not commit\nA=1')).toBe(false)
  expect(says('A="do not use in production"')).toBe(false)
})
