import { expect, test } from 'vitest'
import { compileGlobs } from '../../src/settings/path-globs.ts'

const cases: [glob: string, path: string, expected: boolean][] = [
  ['*.ts', 'a.ts', true],
  ['*.ts', 'deep/a.ts', true],
  ['/*.ts', 'deep/a.ts', false],
  ['/*.ts', 'a.ts', true],
  ['src/*.ts', 'src/a.ts', true],
  ['src/*.ts', 'x/src/a.ts', false],
  ['src/**/*.ts', 'src/a.ts', true],
  ['vendor', 'vendor/a/b', true],
  ['vendor', 'x/vendor/a', true],
  ['vendor/', 'vendor', false],
  ['a/vendor', 'a/vendor/b', true],
  ['**/vendor/**', 'a/vendor/b', true],
  ['.*', '.env', true],
  ['*', '.env', true],
  ['{a,b}.ts', 'b.ts', true],
  ['./a.ts', 'a.ts', true],
  ['a.ts', './a.ts', true],
  ['[ab].ts', 'c.ts', false],
]

test.each(cases)('%s on %s: %s', (glob, path, expected) => {
  expect(compileGlobs([glob])(path)).toBe(expected)
})
