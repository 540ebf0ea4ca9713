/** Has what a thread reads searched by another thread: two of them need not both compile and warm up all that searches. */
import type { BatchSearch, Reach } from '../../git/unique-text.ts'
import { type DoErrand, type Errands, LARGEST_QUESTION } from '../../system/errands.ts'
import type { Probe, ThreadProbe } from './probe.ts'

type Asking = Pick<Errands, 'question' | 'send' | 'answer'>

const [LINES, BINARY, TEXT] = [0, 1, 2] as const
const reaches: readonly Reach[] = ['opening', 'far', 'near']

/** @param needsWholeTexts of the other thread's probe */
export function createAskedProbe(errands: Asking, needsWholeTexts: boolean): ThreadProbe {
  return {
    needsWholeTexts,
    lines: askAboutLines(errands),
    probeBinary: bytes => ask(BINARY, bytes),
    probeText: text => ask(TEXT, text),
  }

  function ask(kind: number, bytes: Uint8Array): boolean {
    // It is looked at whole in the end.
    if (bytes.length > LARGEST_QUESTION) return true
    errands.question(1).set(bytes)
    errands.send(1, kind, bytes.length)
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

/** The side of the thread that searches. */
export function answerWith(probe: Probe): DoErrand {
  let memory = Buffer.alloc(256 * 1024)
  return (kind, question, answer) => {
    // So that the search always meets one kind of memory.
    if (memory.length < question.length) memory = Buffer.alloc(question.length)
    memory.set(question)
    const bytes = memory.subarray(0, question.length)
    if (kind === LINES) return answerLines(probe, bytes, answer)
    answer[0] = Number(kind === TEXT ? probe.probeText(bytes) : probe.probeBinary(bytes))
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
