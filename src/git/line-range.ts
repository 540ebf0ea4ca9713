/** Lines of a text, from 1, both ends included. */
export interface LineRange {
  from: number
  to: number
}

/** Every line that there may be. */
export const everyLine: readonly LineRange[] = [{ from: 1, to: Number.POSITIVE_INFINITY }]
