/** Has what a thread reads searched by another thread: two of them need not both compile and warm up all that searches. */
import type { BatchSearch, Reach } from '../../git/unique-text.ts'
import { type DoErrand, ERRANDS, type Errands, LARGEST_QUESTION } from '../../system/errands.ts'
import type { Probe, TextSearch, ThreadProbe } from './probe.ts'

type Asking = Pick<Errands, 'question' | 'send' | 'answer'>

const [LINES, BINARY, TEXTS] = [0, 1, 2] as const
const reaches: readonly Reach[] = ['opening', 'far', 'near']
/** Texts of so many bytes are asked about at once. */
const MANY_BYTES = 96 * 1024
const MOST_TEXTS = 4096
/** Before each text its length. */
const LENGTH = 4

/** @param needsWholeTexts of the other thread's probe */
export function createAskedProbe(errands: Asking, needsWholeTexts: boolean): ThreadProbe {
  return { needsWholeTexts, lines: askAboutLines(errands), texts: askAboutTexts(errands), probeBinary }

  function probeBinary(bytes: Uint8Array): boolean {
    // It is looked at whole in the end.
    if (bytes.length > LARGEST_QUESTION) return true
    errands.question(1).set(bytes)
    errands.send(1, BINARY, bytes.length)
    return errands.answer(1)[0] === 1
  }
}

function askAboutLines(errands: Asking): BatchSearch {
  return {
    isElsewhere: true,
    begin(batch) {
      errands.question(0).set(batch)
      errands.send(0, LINES, batch.length)
    },
    *finish() {
      const found = errands.answer(0)
      for (let at = 0; at < found.length; at += 3)
        yield [found[at]!, found[at + 1]!, reaches[found[at + 2]!]!]
    },
  }
}

function askAboutTexts(errands: Asking): TextSearch {
  /** Errand → the texts that it asks about. */
  const open: bigint[][] = Array.from({ length: ERRANDS }, () => [])
  const told: (readonly [bigint, boolean])[] = []
  let errand = 0
  let length = 0
  return { probe, settle }

  function probe(text: Uint8Array, hash: bigint): undefined | true {
    if (LENGTH + text.length > LARGEST_QUESTION) return true
    if (length + LENGTH + text.length > MANY_BYTES || open[errand]!.length >= MOST_TEXTS) send()
    const question = Buffer.from(errands.question(errand).buffer)
    length = question.writeUInt32LE(text.length, length)
    question.set(text, length)
    length += text.length
    open[errand]!.push(hash)
    return undefined
  }

  /** The next question goes where the oldest one was. */
  function send(): void {
    if (length > 0) errands.send(errand, TEXTS, length)
    errand = (errand + 1) % ERRANDS
    length = 0
    takeAnswer()
  }

  function takeAnswer(): void {
    const hashes = open[errand]!.splice(0)
    if (hashes.length === 0) return
    const answer = errands.answer(errand)
    for (const [i, hash] of hashes.entries()) told.push([hash, answer[i] === 1])
  }

  function settle() {
    for (let i = 0; i < ERRANDS; i++) send()
    return told.splice(0)
  }
}

/** The side of the thread that searches. */
export function answerWith(probe: Probe): DoErrand {
  let memory = Buffer.alloc(256 * 1024)
  return (kind, question, answer) => {
    // So that the search always meets one kind of memory.
    if (memory.length < question.length) memory = Buffer.alloc(question.length)
    memory.set(question)
    const bytes = memory.subarray(0, question.length)
    if (kind === LINES) return answerLines(probe, bytes, answer)
    if (kind === TEXTS) return answerTexts(probe, bytes, answer)
    answer[0] = Number(probe.probeBinary(bytes))
    return 1
  }
}

function answerLines(probe: Probe, lines: Buffer, answer: Uint32Array): number {
  let count = 0
  for (const [start, end, reach] of probe.probeLines(lines)) {
    if (count + 3 > answer.length) {
      answer.set([0, lines.length, reaches.indexOf('far')])
      return 3
    }
    answer[count++] = start
    answer[count++] = end
    answer[count++] = reaches.indexOf(reach)
  }
  return count
}

function answerTexts(probe: Probe, texts: Buffer, answer: Uint32Array): number {
  let count = 0
  for (let at = 0; at < texts.length; ) {
    const start = at + LENGTH
    const end = start + texts.readUInt32LE(at)
    answer[count++] = Number(probe.probeText(texts.subarray(start, end)))
    at = end
  }
  return count
}
