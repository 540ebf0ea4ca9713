/**
 * How rare a lower-cased literal is in source text, in bits: at about one place in 2^bits. A rough model, good
 * for ranking the literals of one pattern: letters by frequency, with the words of config and code as one symbol.
 */
export function estimateRarity(literal: string): number {
  let bits = 0
  for (let at = 0; at < literal.length; ) {
    const word = commonWords.find(word => literal.startsWith(word, at))
    bits += word ? wordBits : characterBits(literal.charAt(at), literal.charAt(at - 1))
    at += word ? word.length : 1
  }
  return bits
}

const wordBits = 9

const commonWords = [
  'authorization', 'credential', 'password', 'function', 'private', 'account', 'license', 'version', 'request',
  'service', 'default', 'bearer', 'client', 'secret', 'github', 'google', 'public', 'access', 'config', 'string',
  'return', 'import', 'export', 'https', 'token', 'value', 'begin', 'basic', 'admin', 'login', 'email', 'index',
  'http', 'auth', 'user', 'name', 'pass', 'data', 'file', 'test', 'type', 'json', 'key', 'api', 'app', 'www',
  'com', 'net', 'org', 'the', 'url', 'var', 'new', 'for', 'and', 'end',
] // biome-ignore format: one list, longest first

function characterBits(character: string, previous: string): number {
  if (character === previous) return 1.5
  if ('etaoinsrl'.includes(character)) return 4
  if ('dcumpfghby'.includes(character)) return 5.3
  if (/[a-z]/.test(character)) return 7
  if (/[0-9]/.test(character)) return 6.5
  if (/[ \n]/.test(character)) return 3
  if ('_-.:/="\'(),;'.includes(character)) return 5.5
  return 8
}
