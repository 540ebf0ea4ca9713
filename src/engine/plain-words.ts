import { letterSurprise, SURPRISE_OF_WORDS } from '../letter-pairs.ts'

/** Whether a text is words, perhaps with a number behind them: `realvalue`, `private-authorization`. */
export function isPlainWords(text: string): boolean {
  return /^[A-Za-z]+(?:[ _-][A-Za-z]+)*\d{0,3}$/.test(text) && letterSurprise(text) < SURPRISE_OF_WORDS
}
