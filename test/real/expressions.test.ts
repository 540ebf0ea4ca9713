import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parseSync, Visitor } from 'oxc-parser'
import { checkSync } from 'recheck'
import { expect, test } from 'vitest'

interface Expression {
  file: string
  pattern: string
  flags: string
}

/** The literals of a source file; what is put together at run time is not seen. */
function expressionsOf(file: string): Expression[] {
  const found: Expression[] = []
  const { program, errors } = parseSync(file, readFileSync(file, 'utf8'))
  expect(errors).toEqual([])
  new Visitor({
    Literal(node) {
      if ('regex' in node) found.push({ file, ...node.regex })
    },
  }).visit(program)
  return found
}

/** Where a text drives a backtracking engine into exponential time, or nobody can tell. */
function isDangerous({ pattern, flags }: Expression): boolean {
  const diagnosis = checkSync(pattern, flags.replace(/[gdy]/g, ''), { timeout: 60_000 })
  return diagnosis.status === 'unknown' || diagnosis.complexity.type === 'exponential'
}

test('an expression that takes exponential time would be seen', () => {
  expect(isDangerous({ file: '', pattern: '^(?:a+b?)+$', flags: '' })).toBe(true)
})

test('no text makes a regular expression of ours take exponential time', () => {
  const files = execFileSync('git', ['ls-files', 'src', 'scripts'], { encoding: 'utf8' })
    .split('\n')
    .filter(file => /\.tsx?$/.test(file) && !file.includes('/assembly/'))
  const expressions = files.flatMap(expressionsOf)
  expect(expressions.length).toBeGreaterThan(900)
  expect(expressions.filter(isDangerous)).toEqual([])
}, 600_000)
