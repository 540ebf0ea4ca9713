import { isIdlePassword } from './idle-password.ts'

/** A value of a Secret manifest's `data`: base64 of something that could be a secret. */
export function checkKubernetesSecret(secret: string): 'invalid' | 'unknown' {
  if (secret.length % 4 !== 0) return 'invalid'
  const text = Buffer.from(secret, 'base64').toString('latin1').trim()
  return text.length < 5 || isIdlePassword(text) ? 'invalid' : 'unknown'
}
