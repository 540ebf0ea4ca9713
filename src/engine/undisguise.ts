import { lookAlikes } from '../look-alikes.ts'

/** Shorter ones are no words any more. */
const LEAST_LETTERS = 5

/**
 * The word of which people made a password with digits and signs in place of its letters or between them: `p4ssw0rd`, `pass#word`.
 * Undefined where it is of letters only, or too short.
 */
export function undisguise(password: string): string | undefined {
  const lower = password.toLowerCase()
  const word = lower.replace(/[^a-z]/g, sign => lookAlikes[sign] ?? '')
  return word !== lower && word.length >= LEAST_LETTERS ? word : undefined
}
