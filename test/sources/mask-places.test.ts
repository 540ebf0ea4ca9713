import { expect, test } from 'vitest'
import { Secret } from '../../src/model.ts'
import { maskPlaces } from '../../src/sources/history/mask-places.ts'

function maskPath(path: string, value: string): string | undefined {
  const secret = new Secret(value)
  const match = {
    ...{ rule: 0, secret, start: 0, end: 1, confidence: 1, decoded: [], path, state: 'new' },
    span: { line: 1, column: 1, endLine: 1, endColumn: 1 },
    place: { kind: 'file' as const, path, tracked: true, line: 1, column: 1, endLine: 1, endColumn: 1 },
  }
  const [masked] = maskPlaces([match], [secret, secret])
  return masked?.place.kind === 'file' ? masked.place.path : undefined
}

test('a secret in the name of a file is masked, whatever characters it begins with', () => {
  const rest = 'k3'.repeat(20)
  for (const start of ['$&', '$$', "$'", 'ab']) {
    const value = start + rest
    const path = maskPath(`dir/${value}.txt`, value)
    expect(path).toBe(`dir/${new Secret(value).masked}.txt`)
    expect(path).not.toContain(rest)
  }
})

test('a name without a secret stays', () => {
  expect(maskPath('dir/file.txt', 'k3'.repeat(20))).toBe('dir/file.txt')
})
