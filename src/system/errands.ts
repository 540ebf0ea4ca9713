/**
 * Errands: what a thread has another one do, and waits for at last. Question and answer are in memory that both share, as who is
 * busy hears of no messages; the other one looks up from its own work now and then.
 */
export interface ErrandState {
  control: Int32Array
  questions: readonly Uint8Array[]
  answers: readonly Uint32Array[]
}

/** Does an errand: answers with how many numbers it has put into `answer`. */
export type DoErrand = (kind: number, question: Uint8Array, answer: Uint32Array) => number

/** So many errands may be under way. */
const ERRANDS = 2
/** Bytes of a question and numbers of an answer at most; the system gives memory only as far as it is written to. */
export const LARGEST_QUESTION = 16 * 1024 * 1024
const LARGEST_ANSWER = 48 * 1024
/** Milliseconds after which who waits looks up, and after which it takes it that nobody answers any more. */
const PAUSE = 20
const PATIENCE = 600_000

/** Places in `control`; behind them so many for each errand. */
const [SIGNAL, HEAD] = [0, 1] as const
const [STATE, KIND, LENGTH, FIELDS] = [0, 1, 2, 3] as const
const [free, asked, answered] = [0, 1, 2] as const

function createErrands(): ErrandState {
  const shared = (bytes: number) => new SharedArrayBuffer(bytes)
  return {
    control: new Int32Array(shared(4 * (HEAD + FIELDS * ERRANDS))),
    questions: Array.from({ length: ERRANDS }, () => new Uint8Array(shared(LARGEST_QUESTION))),
    answers: Array.from({ length: ERRANDS }, () => new Uint32Array(shared(4 * LARGEST_ANSWER))),
  }
}

/** The side of who asks. */
export class Errands {
  readonly #state: ErrandState

  constructor(state: ErrandState) {
    this.#state = state
  }

  /** Memory for the question of an errand that is not under way. */
  question(errand: number): Uint8Array {
    return this.#state.questions[errand]!
  }

  send(errand: number, kind: number, length: number): void {
    const { control } = this.#state
    Atomics.store(control, fieldOf(errand, KIND), kind)
    Atomics.store(control, fieldOf(errand, LENGTH), length)
    Atomics.store(control, fieldOf(errand, STATE), asked)
    Atomics.add(control, SIGNAL, 1)
    Atomics.notify(control, SIGNAL)
  }

  /** Waits for the answer, which stays until the errand is sent again. */
  answer(errand: number): Uint32Array {
    const { control, answers } = this.#state
    const since = performance.now()
    while (Atomics.load(control, fieldOf(errand, STATE)) !== answered) {
      Atomics.wait(control, fieldOf(errand, STATE), asked, 1000)
      if (performance.now() - since > PATIENCE) throw new Error('nobody answers')
    }
    Atomics.store(control, fieldOf(errand, STATE), free)
    return answers[errand]!.subarray(0, Atomics.load(control, fieldOf(errand, LENGTH)))
  }
}

/** The side of who does them. */
export class ErrandRunner {
  readonly #work: DoErrand
  #state: ErrandState | undefined

  constructor(work: DoErrand) {
    this.#work = work
  }

  /** For a new thread; the one before has ended. */
  open(): ErrandState {
    this.#state = createErrands()
    return this.#state
  }

  /** Does what is asked; answers whether something was. */
  run(): boolean {
    const state = this.#state
    if (!state) return false
    let wasAsked = false
    for (let errand = 0; errand < ERRANDS; errand++) {
      if (Atomics.load(state.control, fieldOf(errand, STATE)) !== asked) continue
      this.#do(state, errand)
      wasAsked = true
    }
    return wasAsked
  }

  /** Does what is asked until something else has come to its end. */
  async runUntil(end: Promise<unknown>): Promise<void> {
    const state = this.#state
    if (!state) return
    let isOver = false
    const stop = () => {
      isOver = true
    }
    end.then(stop, stop)
    while (!isOver) {
      const seen = Atomics.load(state.control, SIGNAL)
      if (!this.run()) Atomics.wait(state.control, SIGNAL, seen, PAUSE)
      // Who has come to its end says so by a message.
      await new Promise(setImmediate)
    }
  }

  #do({ control, questions, answers }: ErrandState, errand: number): void {
    const question = questions[errand]!.subarray(0, Atomics.load(control, fieldOf(errand, LENGTH)))
    const kind = Atomics.load(control, fieldOf(errand, KIND))
    Atomics.store(control, fieldOf(errand, LENGTH), this.#work(kind, question, answers[errand]!))
    Atomics.store(control, fieldOf(errand, STATE), answered)
    Atomics.notify(control, fieldOf(errand, STATE))
  }
}

function fieldOf(errand: number, field: number): number {
  return HEAD + FIELDS * errand + field
}
