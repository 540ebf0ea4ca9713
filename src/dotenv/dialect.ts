/** One variable that a program would see. */
export interface Variable {
  key: string
  /** `null`: the name stands without a value, and is taken from the environment if at all. */
  value: string | null
  /** Line of the key, from 1. */
  line: number
}

/** What a reader should know. Never holds a value. */
export interface Notice {
  line: number
  key?: string
  /** `refused`: the program takes nothing of the file. */
  kind: 'command' | 'unset' | 'syntax' | 'refused'
  message: string
}

export interface Evaluation {
  /** In file order; of a key given twice, the last counts. */
  variables: Variable[]
  notices: Notice[]
}

/** Names that references may look up beyond the file. */
export type Environment = Readonly<Record<string, string | undefined>>

/** How one program reads .env text. Command substitution is reported and left as written: nothing ever runs. */
export interface Dialect {
  title: string
  evaluate(text: string, environment: Environment): Evaluation
}

/** The variables as a program gets them: the last of equal keys wins. */
export function valuesOf(evaluation: Evaluation): Map<string, string | null> {
  return new Map(evaluation.variables.map(({ key, value }) => [key, value]))
}

/** Lines from 1 for offsets that only grow. */
export function lineCounter(text: string): (offset: number) => number {
  let line = 1
  let seen = 0
  return offset => {
    for (; seen < offset; seen++) if (text[seen] === '\n') line++
    return line
  }
}
