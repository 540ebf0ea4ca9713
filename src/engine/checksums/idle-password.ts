import { isPlaceholder } from '../placeholders.ts'
import { undisguise } from '../undisguise.ts'

/** Passwords of examples and of local set-ups that protect nothing. */
const trivial =
  /^(?:[a-z]?pass(?:w|word|wd|w0rd)?|pw|pwd|secret|root|toor|vagrant|admin|user(?:name)?|test(?:er|ing)?|guest|letmein|changeit|welcome|hello.?world|my.?pass(?:word)?|postgres|mysql|mariadb|oracle|tiger|mssql|sqlserver|redis|mongo|rabbitmq|example|demo|foo|bar|baz|abc|token|key|name|value|none|null|hunter|\d{1,6})[-_:@]?\d{0,6}(?:!|%21)?$/i

/** `newpassword`, `strong-password1`, `topsecret`: words that say what they are. */
const saysPassword =
  /^[a-z]*(?:[ _-][a-z]+)*?(?:password|passwd|secret|(?<=[a-z]{3})p(?:ass|w)$)(?:[ _-]?[a-z])*\d{0,3}!?$/

/** `dbPassword`, `CONFIG.DB_PASSWORD`: what a variable is called. */
const isVariable =
  /^[a-z]{1,16}(?:[A-Z][a-z]{1,16}){0,3}(?:Password|Passwd|Pwd|Secret)$|^[A-Za-z_]{1,40}\.[A-Za-z_.]{0,40}(?:[Pp]ass(?:word|wd)?|PASS(?:WORD|WD)?|[Pp]wd|PWD|[Ss]ecret|SECRET)$/
/** `pass_app2` */
const beginsWithPass = /^(?:pass|password|pwd|secret)[_-][a-z0-9]{1,6}$/

/** `P@ssw0rd`: a capital, a digit and a sign are what rules for passwords ask for, so that people really have it. */
const fulfilsPolicies = /^(?=.*[A-Z])(?=.*\d)(?=.*[^A-Za-z\d])/

/** Whether a password stands for one, or is one that everybody knows. */
export function isIdlePassword(text: string): boolean {
  const password = text.replace(/["'`\])},;\\]+$/, '')
  if (trivial.test(password) || isPlaceholder(password) || isPlaceholder(text)) return true
  if (!fulfilsPolicies.test(password) && trivial.test(undisguise(password) ?? '')) return true
  if (/^[a-z]+\d?(?:[_-][a-z]+\d?)*[_-](?:password|passwd|pass|pwd|secret|token|key)$/i.test(password))
    return true
  if (saysPassword.test(password) || beginsWithPass.test(password) || isVariable.test(password)) return true
  return /^[$%<{(]|[>})]$|^\w*\.\.\.|^\d+$/.test(password)
}
