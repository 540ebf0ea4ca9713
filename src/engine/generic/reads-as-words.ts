import { letterSurprise } from '../../letter-pairs.ts'
import { isDigit } from '../bytes.ts'

/** Nats a letter below which a text reads as words. On the labelled corpus no value below is a secret that the model would find. */
const LEAST_SURPRISE = 2.8

/**
 * Whether a value has one digit at most and reads as words: `CredentialSpec.Registry`, `default_value_1`. Most values that
 * have the name of a secret are such, and the model never takes one for a secret, so it need not look.
 */
export function readsAsWords(bytes: Uint8Array, start: number, end: number): boolean {
  let digits = 0
  for (let at = start; at < end; at++) if (isDigit(bytes[at]!) && ++digits > 1) return false
  return letterSurprise(bytes, start, end) < LEAST_SURPRISE
}
