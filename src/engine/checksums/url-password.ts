import { isIdlePassword } from './idle-password.ts'

/** The password of `scheme://user:password@host`: not a template, a placeholder, or the user's name again. */
export function checkUrlPassword(secret: string, match: string): 'invalid' | 'unknown' {
  if (isWordForOne(secret)) return 'invalid'
  const user = /:\/\/([^:]*):/.exec(match)?.[1] ?? ''
  const password = decodePercent(secret)
  return isIdlePassword(password) || password === decodePercent(user) ? 'invalid' : 'unknown'
}

/** `apiSecret`, `AUTH_TOKEN`, `UserId`: what stands at this place in descriptions of addresses. */
function isWordForOne(text: string): boolean {
  return /^[A-Za-z_-]{0,16}(?:token|key|secret|id|domain|pass(?:wd|word)?)$/i.test(text)
}

function decodePercent(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
