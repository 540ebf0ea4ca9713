import { expect, test } from 'vitest'
import { createProgress } from '../../src/commands/scan/show-progress.ts'

test('a scan that takes its time tells how far it is, how fast, and how long it will take', () => {
  let now = 0
  const written: string[] = []
  const progress = createProgress(
    text => written.push(text),
    () => now,
  )
  progress.show('texts', 1, 100)
  now = 2000
  progress.show('texts', 40, 100, 30_000_000)
  now = 2050
  progress.show('texts', 41, 100, 30_000_000)
  now = 3000
  progress.show('files once more', 1, 100)
  now = 5000
  progress.show('files once more', 50, 100)
  progress.end()
  expect(written).toEqual([
    '\r\x1b[Ktexts: 40 %, 6.0 MB/s, 3 s left',
    '\r\x1b[Kfiles once more: 1 %',
    '\r\x1b[Kfiles once more: 50 %, 2 s left',
    '\r\x1b[K',
  ])
})

test('a scan that is over at once writes nothing', () => {
  const written: string[] = []
  const progress = createProgress(
    text => written.push(text),
    () => 5,
  )
  progress.show('texts', 1, 2)
  progress.end()
  expect(written).toEqual([])
})
