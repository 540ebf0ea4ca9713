import { isMadeUp } from '../placeholders.ts'

/** How an OpenSSH key and the DER of PKCS #1, PKCS #8 and SEC 1 begin; behind that, the characters that no format dictates. */
const openssh = { head: /^b3BlbnNzaC1rZXktdjEA/, fixed: 200 }
const der = { head: /^M[A-P]/, fixed: 24 }

/** In random base64 the word comes once in 10^9 keys. */
const shortened = /\.{3}|EXAMPLE/

/** `privatekeyprivatekey…`: without a capital or a digit, as only people write. */
const isTyped = /^[a-z]{40,}$/

/**
 * A private key in PEM form (RFC 7468) is sound when its content begins as its format must and goes on as random. The
 * zeros of an OpenSSH head (PROTOCOL.key) would else look like a dummy. One of documentation has a part left out, or says so.
 */
export function checkPem(secret: string): 'valid' | 'invalid' | 'unknown' {
  if (shortened.test(secret)) return 'invalid'
  const body = secret
    .replace(/-----[A-Z0-9 ]+-----/g, '')
    .replace(/\\[nrt]|["'`]\s*[+.&]/g, '')
    .replace(/[^0-9A-Za-z+/]/g, '')
  const format = [openssh, der].find(({ head }) => head.test(body))
  if (!format && isTyped.test(body)) return 'invalid'
  const random = body.slice(format?.fixed)
  return format && random.length >= 40 && !isMadeUp(random) ? 'valid' : 'unknown'
}
