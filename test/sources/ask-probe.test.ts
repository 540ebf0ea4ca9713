import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerWith, createAskedProbe } from '../../src/sources/history/ask-probe.ts'
import { type Probe, probeHere } from '../../src/sources/history/probe.ts'
import { ErrandRunner, Errands } from '../../src/system/errands.ts'

const holdsX = (bytes: Uint8Array) => Buffer.from(bytes).includes('x')

const probe: Probe = {
  *probeLines(lines) {
    for (let at = 0; at < lines.length; at++) {
      if (lines[at] === 120) yield [at, at + 1, 'near']
      if (lines[at] === 121) yield [at, at + 2, 'far']
      if (lines[at] === 122) yield [at, at + 3, 'opening']
    }
  },
  probeText: holdsX,
  probeBinary: holdsX,
  needsWholeTexts: true,
}

/** The other thread answers at once. */
function ask() {
  const runner = new ErrandRunner(answerWith(probe))
  const errands = new Errands(runner.open())
  const send: Errands['send'] = (...question) => {
    errands.send(...question)
    runner.run()
  }
  const { question, answer } = errands
  return createAskedProbe({ question: question.bind(errands), answer: answer.bind(errands), send }, true)
}

test('another thread finds in lines what this one would', () => {
  const asked = ask()
  const lines = Buffer.from('abc\nx y\nzz\n')
  asked.lines.begin(lines)
  expect([...asked.lines.finish()]).toEqual([...probe.probeLines(lines)])
  expect(asked.needsWholeTexts).toBe(true)
})

test('of lines with more finds than an answer holds all are taken for one', () => {
  const asked = ask()
  const lines = Buffer.alloc(120 * 1024, 'x')
  asked.lines.begin(lines)
  expect([...asked.lines.finish()]).toEqual([[0, lines.length, 'far']])
})

test('each of many texts is told as this thread would tell it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('x', 'a'), fc.nat(60_000)), { maxLength: 40 }), parts => {
      const asked = ask()
      const texts = parts.map(([letter, length]) => Buffer.from(`${'b'.repeat(length)}${letter}`))
      const told = new Map(texts.map((text, i) => [BigInt(i), asked.texts.probe(text, BigInt(i))]))
      for (const [hash, mayHold] of asked.texts.settle()) told.set(hash, mayHold)
      const { texts: here } = probeHere(probe)
      expect([...told.values()]).toEqual(texts.map((text, i) => here.probe(text, BigInt(i))))
    }),
    { numRuns: 30 },
  )
})

test('what is no text is asked about, and what is too large is looked at whole', () => {
  const asked = ask()
  expect(asked.probeBinary(Buffer.from('\0x'))).toBe(true)
  expect(asked.probeBinary(Buffer.from('\0a'))).toBe(false)
  expect(asked.probeBinary(Buffer.alloc(17 * 1024 * 1024))).toBe(true)
  expect(asked.texts.probe(Buffer.alloc(17 * 1024 * 1024), 1n)).toBe(true)
})
