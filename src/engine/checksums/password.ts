import { isIdlePassword } from './idle-password.ts'

/** A password in a connection string or a variable of a known name: no template, none that everybody knows, not its own name. */
export function checkPassword(secret: string, match: string): 'invalid' | 'unknown' {
  const name = plain(match.slice(0, match.lastIndexOf(secret)))
  return isIdlePassword(secret) || name.includes(plain(secret)) ? 'invalid' : 'unknown'
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '')
}
