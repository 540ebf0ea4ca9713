import { isPlaceholder } from '../placeholders.ts'

/** Passwords of examples and of local set-ups that protect nothing. */
const trivial =
  /^(?:pass(?:word|wd|w0rd)?|pw|pwd|secret|root|admin|user(?:name)?|test(?:er|ing)?|guest|postgres|mysql|redis|mongo|rabbitmq|example|demo|foo|bar|baz|abc|token|key|none|null|\d{1,6})\d{0,4}$/i

/** The password of `scheme://user:password@host`: not a template, a placeholder, or the user's name again. */
export function checkUrlPassword(secret: string, match: string): 'valid' | 'invalid' | 'unknown' {
  const user = /:\/\/([^:]*):/.exec(match)?.[1] ?? ''
  const password = decodePercent(secret)
  if (trivial.test(password) || password === decodePercent(user) || isPlaceholder(password)) return 'invalid'
  if (/^[$%<{(]|[>})]$|^\w*\.\.\.|^\d+$/.test(password)) return 'invalid'
  return 'unknown'
}

function decodePercent(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
