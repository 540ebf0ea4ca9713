import { isPlainWords } from '../plain-words.ts'
import { isIdlePassword } from './idle-password.ts'

/** Shorter text that decodes to bytes of no script is a word that only looks like base64: `name: database`. */
const SHORTEST_BINARY = 32
/** `tls.crt`, `ca`: certificates are public, and names of users no secrets. */
const notSecret =
  /(?:^|[\s"'._-])(?:crt|cert|certificate|ca|ca-?bundle|pub|(?:root-?)?user(?:-?name)?)["']?:[^:]*$/i
/** Names of secrets, or a text that may be one. */
const mayHoldSecret = /pass|pwd|secret|token|key|auth|cred|cert|[\w+/-]{16}/i
const publicPem = /^-----BEGIN (?:CERTIFICATE|PUBLIC KEY)/

/** A value of a Secret manifest's `data`: base64 of something that could be a secret. */
export function checkKubernetesSecret(secret: string, match = ''): 'invalid' | 'unknown' {
  if (notSecret.test(match.slice(0, match.lastIndexOf(secret)))) return 'invalid'
  if (secret.length % 4 !== 0) return 'invalid'
  const text = Buffer.from(secret, 'base64').toString('latin1').trim()
  const isText = /^[\x20-\x7e\s]+$/.test(text)
  // Random bytes of this length have capitals.
  if (!isText && (secret.length < SHORTEST_BINARY || !/[A-Z]/.test(secret))) return 'invalid'
  // A whole configuration may hold an example's host beside its secrets.
  const isIdle = text.startsWith('{') ? !mayHoldSecret.test(text) : isIdlePassword(text)
  return text.length < 5 || publicPem.test(text) || isIdle || isPlain(text) ? 'invalid' : 'unknown'
}

/** Words, as `realvalue` in a test, or the address of a server. */
function isPlain(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^?#@]*$/i.test(text) || isPlainWords(text)
}
