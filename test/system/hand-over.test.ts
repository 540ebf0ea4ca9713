import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { createHandOver, HandOver, type HandOverState } from '../../src/system/hand-over.ts'

function open(threads = 2, producers = 1): { state: HandOverState; giver: HandOver } {
  const state = createHandOver(threads, producers, 16)
  return { state, giver: new HandOver(state) }
}

/** Leaves a batch as soon as somebody helps. */
async function leave(giver: HandOver, text: string): Promise<number> {
  for (;;) {
    const slot = giver.reserve()
    if (slot) {
      slot.bytes.set(Buffer.from(text))
      return giver.leave(slot, text.length)
    }
    await new Promise(setImmediate)
  }
}

test('nothing can be left where nobody helps', () => {
  expect(open().giver.reserve()).toBe(undefined)
  expect(open(1).giver.reserve()).toBe(undefined)
})

test('a helper does what is left for it until all who leave something have come to their end', async () => {
  const { state, giver } = open(2, 2)
  const done: string[] = []
  const help = new HandOver(state).help(({ ticket, bytes }) => {
    done.push(`${ticket} ${Buffer.from(bytes).toString()}`)
  })
  for (const text of ['one', 'two', 'three', 'four']) {
    await leave(giver, text)
    giver.end()
    if (text === 'two') break
  }
  await help
  expect(done.sort()).toEqual(['0 one', '1 two'])
  expect(giver.reserve()).toBe(undefined)
})

test('no more is reserved than helpers can be kept busy with', async () => {
  const { state, giver } = open(2)
  const help = new HandOver(state).help(() => {})
  const slots = [giver.reserve(), giver.reserve(), giver.reserve()]
  expect(slots.map(slot => slot?.number)).toEqual([0, 1, 2])
  expect(giver.reserve()).toBe(undefined)
  giver.end()
  await help
})

test('a batch that a thread died of is known', async () => {
  const { state, giver } = open()
  const worker = new Worker(
    `const { workerData: { control } } = require('node:worker_threads')
     Atomics.add(control, 1, 1)`,
    { eval: true, workerData: state },
  )
  await new Promise(resolve => worker.once('exit', resolve))
  const ticket = await leave(giver, 'deadly')
  const taken = new HandOver(state).take()
  expect(giver.lost().map(batch => [batch.ticket, Buffer.from(batch.bytes).toString()])).toEqual([
    [ticket, 'deadly'],
  ])
  if (taken) giver.release(taken)
  expect(giver.lost()).toEqual([])
})
