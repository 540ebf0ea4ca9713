import { isIdlePassword } from './idle-password.ts'

/**
 * The password of `scheme://user:password@host`: not a template, a placeholder, the user's name again, or a plain word for a
 * host that nobody has.
 */
export function checkUrlPassword(secret: string, match: string): 'invalid' | 'unknown' {
  if (isWordForOne(secret) || portAndMore.test(secret)) return 'invalid'
  const user = /:\/\/([^:]*):/.exec(match)?.[1] ?? ''
  const password = decodePercent(secret)
  if (Buffer.byteLength(password) < LEAST || isIdlePassword(password) || password === decodePercent(user))
    return 'invalid'
  return plainWord.test(password) && documentationHost.test(match) ? 'invalid' : 'unknown'
}

/** Bytes: shorter ones stand in tests of programs that read addresses. */
const LEAST = 4

/** `:15672,node=rabbit@host`: a port and fields of a record, parted by commas. */
const portAndMore = /^\d{2,5},\w+=/

/** Set aside for documentation (RFC 2606, sections 2 and 3), or the reader's own; manual pages write `example\\&.org`. */
const documentationHost =
  /@(?:[\w-]+\.)*(?:(?:example(?:\\&)?|(?:your|my)-?(?:domain|company|site))\.(?:com|net|org)|[\w-]+\.example)(?![\w.-])/i
/** What people have left unchanged behind a host that they have changed is random, and counts. */
const plainWord = /^\p{L}{1,12}\d{0,4}$/u

/** `apiSecret`, `AUTH_TOKEN`, `UserId`: what stands at this place in descriptions of addresses. */
function isWordForOne(text: string): boolean {
  return /^[A-Za-z_-]{0,16}(?:token|key|secret|id|domain|pass(?:wd|word)?)$/i.test(text)
}

/** Escapes, and what other scripts have without any, are bytes of UTF-8 (RFC 3986, section 2.5). */
function decodePercent(text: string): string {
  if (/^[^%\x80-\xff]*$/.test(text)) return text
  const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
