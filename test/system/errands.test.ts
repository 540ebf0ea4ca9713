import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { ErrandRunner, Errands } from '../../src/system/errands.ts'

/** Answers with the sum of the bytes, and the kind. */
const runner = () =>
  new ErrandRunner((kind, question, answer) => {
    answer[0] = question.reduce((sum, byte) => sum + byte, 0)
    answer[1] = kind
    return 2
  })

test('what one side asks the other does, several things at a time', () => {
  const other = runner()
  const errands = new Errands(other.open())
  expect(other.run()).toBe(false)
  errands.question(0).set([1, 2, 3, 99])
  errands.send(0, 7, 3)
  errands.question(1).set([40])
  errands.send(1, 8, 1)
  expect(other.run()).toBe(true)
  expect([...errands.answer(1)]).toEqual([40, 8])
  expect([...errands.answer(0)]).toEqual([6, 7])
  expect(other.run()).toBe(false)
})

test('who waits for a thread does meanwhile what it asks', async () => {
  const other = runner()
  const worker = new Worker(
    `const { parentPort, workerData: { control, questions, answers } } = require('node:worker_threads')
     questions[0][0] = 5
     control[3] = 1
     Atomics.store(control, 1, 1)
     Atomics.add(control, 0, 1)
     Atomics.notify(control, 0)
     Atomics.wait(control, 1, 1)
     parentPort.postMessage(answers[0][0])`,
    { eval: true, workerData: other.open() },
  )
  const end = new Promise(resolve => worker.once('message', resolve))
  await other.runUntil(end)
  expect(await end).toBe(5)
})

test('nobody waits for a thread that has died', async () => {
  const other = runner()
  other.open()
  await expect(other.runUntil(Promise.reject(new Error('died')))).resolves.toBe(undefined)
})
