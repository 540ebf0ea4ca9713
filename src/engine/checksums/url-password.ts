import { isIdlePassword } from './idle-password.ts'

/** The password of `scheme://user:password@host`: not a template, a placeholder, or the user's name again. */
export function checkUrlPassword(secret: string, match: string): 'invalid' | 'unknown' {
  const user = /:\/\/([^:]*):/.exec(match)?.[1] ?? ''
  const password = decodePercent(secret)
  return isIdlePassword(password) || password === decodePercent(user) ? 'invalid' : 'unknown'
}

function decodePercent(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
