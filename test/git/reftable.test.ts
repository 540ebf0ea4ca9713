import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { CorruptObjectError } from '../../src/git/git-object.ts'
import { readReftable } from '../../src/git/reftable.ts'
import { readReftableStack } from '../../src/git/reftable-stack.ts'
import { makeDirectory, writeFiles } from '../support/temporary-directory.ts'

/** Ten tables of git 2.47, one for each of its commands, so that later ones take back what earlier ones say. */
const fixture = (hash: string) =>
  fileURLToPath(new URL(`../../fixtures/git/reftable-${hash}`, import.meta.url))

test.each([
  ['sha1', 'b1c06a2255810a16a47d6ef11ac51ecee152350a', 'ab854541d0f9e9f5eafe293e84c052874d260403'],
  [
    'sha256',
    '340e364fada6408b0badc03ddc3491a345c29121891f6f179d4b75c89ba0331e',
    'ef7d413f1b502f0451128c3c5782a79d57f782782c71d5a4c90c34c05695f866',
  ],
])('reads refs and reflogs of a %s repository as git tells them', (hash, one, two) => {
  const { refs, logs, damaged } = readReftableStack(fixture(hash))
  const topics = ['1', '10', '11', '12', '2', '5', '6', '7', '8', '9']
  expect([...refs.values()].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    { name: 'HEAD', target: 'refs/heads/main' },
    { name: 'refs/heads/main', id: two },
    ...topics.map(topic => ({ name: `refs/heads/topic/${topic}`, id: topic === '1' ? two : one })),
    { name: 'refs/remotes/origin/HEAD', target: 'refs/heads/main' },
    { name: 'refs/tags/v1', id: expect.stringMatching(/^(5d6ca7a2|0600ec1d)/) },
  ])
  const lines = logs.map(({ name, change }) => [name, change.before, change.after, change.message.trim()])
  const none = '0'.repeat(one.length)
  expect(lines.filter(([name]) => name === 'HEAD' || name === 'refs/heads/topic/1')).toEqual([
    ['HEAD', none, one, 'commit (initial): one'],
    ['refs/heads/topic/1', none, one, ''],
    ['refs/heads/topic/1', one, two, 'moved'],
  ])
  expect(logs[0]?.change.committer).toBe('Ada Test <ada@test.invalid> 1700000000')
  expect(damaged).toEqual([])
})

test('whatever is damaged in a table, it is read or corrupt', () => {
  const folder = join(fixture('sha1'), 'reftable')
  for (const name of readdirSync(folder).filter(name => name.endsWith('.ref'))) {
    const whole = readFileSync(join(folder, name))
    for (let position = 0; position < whole.length; position += 7) {
      const bytes = Buffer.from(whole)
      bytes[position]! ^= 0x95
      for (const damaged of [bytes, whole.subarray(0, position)]) {
        try {
          expect(readReftable(damaged, name).refs.length).toBeLessThan(1000)
        } catch (error) {
          expect(error).toBeInstanceOf(CorruptObjectError)
        }
      }
    }
  }
})

test('a table that is cut off is named, and the others are read', () => {
  const folder = join(fixture('sha1'), 'reftable')
  const directory = makeDirectory()
  for (const name of readdirSync(folder))
    writeFiles(directory, { [`reftable/${name}`]: readFileSync(join(folder, name)) })
  const [last = ''] = readdirSync(folder).filter(name => name.startsWith('0x000000000007'))
  writeFiles(directory, { [`reftable/${last}`]: 'REFT' })
  const { refs, damaged } = readReftableStack(directory)
  expect(damaged).toEqual([join(directory, 'reftable', last)])
  expect(refs.get('HEAD')).toEqual({ name: 'HEAD', target: 'refs/heads/main' })
})
