import { expect, test } from 'vitest'
import { answerWith, createAskedProbe } from '../../src/sources/history/ask-probe.ts'
import type { Probe } from '../../src/sources/history/probe.ts'
import { ErrandRunner, Errands } from '../../src/system/errands.ts'

const probe: Probe = {
  *probeLines(lines) {
    for (let at = 0; at < lines.length; at++) {
      if (lines[at] === 120) yield [at, at + 1, 'near']
      if (lines[at] === 121) yield [at, at + 2, 'far']
      if (lines[at] === 122) yield [at, at + 3, 'opening']
    }
  },
  probeText: text => Buffer.from(text).includes('y'),
  probeBinary: bytes => Buffer.from(bytes).includes('x'),
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

test('whole contents are asked about, and what is too large is looked at whole', () => {
  const asked = ask()
  expect(asked.probeBinary(Buffer.from('\0x'))).toBe(true)
  expect(asked.probeBinary(Buffer.from('\0a'))).toBe(false)
  expect(asked.probeBinary(Buffer.alloc(17 * 1024 * 1024))).toBe(true)
  expect([asked.probeText(Buffer.from('xy')), asked.probeText(Buffer.from('x'))]).toEqual([true, false])
})
