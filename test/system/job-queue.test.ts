import { expect, test } from 'vitest'
import { createJobQueueState, openJobQueue } from '../../src/system/job-queue.ts'

test('two threads take from both ends, and each job is taken once', () => {
  const state = createJobQueueState(7, 2)
  const [front, back] = [openJobQueue(state, 0), openJobQueue(state, 1)]
  const taken = [
    front.take(),
    back.takeLast(2),
    back.takeLast(2),
    front.take(),
    back.takeLast(2),
    front.take(),
  ]
  expect(taken).toEqual([0, 6, 5, 1, 4, 2])
  expect(front.remaining()).toBe(1)
  expect([back.takeLast(2), front.take(), back.takeLast(2)]).toEqual([3, undefined, undefined])
  expect([front.takenBy(0), front.takenBy(1)]).toEqual([
    [0, 1, 2],
    [3, 4, 5, 6],
  ])
  expect(front.lastTakenBy(1)).toBe(3)
})

test('who takes from the end leaves the first jobs to others', () => {
  const back = openJobQueue(createJobQueueState(3, 2), 1)
  expect([back.takeLast(1), back.takeLast(1), back.takeLast(1)]).toEqual([2, 1, undefined])
  expect(back.takeAll()).toEqual([0])
})
