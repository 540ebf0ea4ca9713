import { isMadeUp } from '../placeholders.ts'

/**
 * A token with reserved bytes that are zero, which base64 writes as a run of `A`, as Twitter's and Dropbox's: a sound
 * form when what is left of it looks random.
 */
export function checkZeroFilled(secret: string): 'valid' | 'unknown' {
  const rest = secret.replace(/A{6,}/g, '')
  return rest !== secret && rest.length >= 20 && !isMadeUp(rest) ? 'valid' : 'unknown'
}
