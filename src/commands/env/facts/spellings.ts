import type { Use } from '../../../hygiene/facts.ts'

/**
 * How code may write the name of a variable: as it is, as settings classes and configuration do (`databaseUrl`,
 * `database.url`, `database-url`), and without the prefix that such a class takes off, or that prefix alone
 * (`env_prefix = "SHOP_"`).
 */
export function spellings(name: string): { text: string; isExact: boolean }[] {
  const words = name.toLowerCase().split('_').filter(Boolean)
  const rest = words.slice(1)
  const others = words.length > 1 ? ['', '-', '.', '__'].map(joint => words.join(joint)) : []
  // Code may put a name together: `${provider}_OAUTH_KEY`.
  const end = words.length > 2 ? [`_${words.slice(-2).join('_')}`] : []
  const afterBrace = rest.map((_, at) => `}_${rest.slice(at).join('_')}`)
  const prefixes = rest.flatMap((_, at) =>
    ['"', "'"].map(quote => `${words.slice(0, at + 1).join('_')}_${quote}`),
  )
  const shorter = rest.length > 1 ? ['_', '', '-', '.'].map(joint => rest.join(joint)) : []
  return [
    { text: name, isExact: true },
    ...[...new Set([...others, ...shorter, ...end, ...afterBrace, ...prefixes])]
      .filter(text => text.length >= 6)
      .map(text => ({ text, isExact: false })),
  ]
}

/** What stands before a name where it is read as a variable of the environment. */
const reads =
  /(?:process\.env(?:\.|\[\s*["'`])|import\.meta\.env(?:\.|\[\s*["'`])|(?:Bun|Deno)\.env(?:\.get\(\s*["']|\.)|environ(?:\.get)?\s*[[(]\s*[rb]?["']|getenv(?:_or)?\(\s*["']|(?:LookupEnv|Getenv|GetEnvironmentVariable|env::var(?:_os)?|std::getenv|option_env!|env!)\(\s*["']|ENV(?:\.fetch)?\s*[[(]\s*["']|\$_(?:ENV|SERVER)\[\s*["']|\benv\(\s*["']|config(?:Service)?(?:\.get(?:OrThrow)?(?:<\w+>)?)?\(\s*["']|\$\{|\$|%env\((?:\w+:)*|\b(?:secrets|vars|env)\.|\$env:)$/

export function describeUse(
  bytes: Buffer,
  start: number,
  end: number,
  { name, isExact }: { name: string; isExact: boolean },
): Use['confidence'] | undefined {
  const isWhole = !isWordByte(bytes[start - 1]) && !isWordByte(bytes[end])
  // The end of a name that is put together stands alone; within a longer name it belongs to that.
  const isEnd = bytes[start] === UNDERSCORE
  if (bytes[start] === BRACE) return isWordByte(bytes[end]) ? undefined : 'possible'
  if (!isExact)
    return (isEnd ? isWordByte(bytes[start - 1]) : !beginsWord(bytes, start)) ? undefined : 'possible'
  if (bytes.toString('latin1', start, end) !== name) return isWhole ? 'possible' : undefined
  if (!isWhole) return undefined
  return reads.test(bytes.toString('latin1', Math.max(0, start - 48), start)) ? 'sure' : 'likely'
}

const UNDERSCORE = 95
const BRACE = 125

/** `dbPassword` within `mainDbPassword`, but not `mailuser` within `emailUserId`. */
function beginsWord(bytes: Buffer, start: number): boolean {
  const before = String.fromCharCode(bytes[start - 1] ?? 32)
  return (
    !/[A-Za-z0-9]/.test(before) ||
    (/[a-z0-9]/.test(before) && /[A-Z]/.test(String.fromCharCode(bytes[start] ?? 32)))
  )
}

function isWordByte(byte: number | undefined): boolean {
  return byte !== undefined && /\w/.test(String.fromCharCode(byte))
}
