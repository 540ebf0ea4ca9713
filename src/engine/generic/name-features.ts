/** What the name that a value is assigned to tells. */

/** Word stems that secrets are named by; the first that a name holds counts, so the order is from sure to vague. */
const stems = [
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'secret',
  'token',
  'api',
  'credential',
  'private',
  'access',
  'auth',
  'session',
  'cookie',
  'signature',
  'nonce',
  'salt',
  'pass',
  'hash',
  'cert',
  'key',
  'sid',
]

/** Last words of names that speak about a secret and do not hold one. */
const about = new Set(
  (
    'field label name names type types url uri path file files dir id ids count length len size expiry expires expiration expire ttl ' +
    'age timeout interval header headers param params parameter prompt hint help text title message msg error placeholder regex pattern ' +
    'policy rule rules format strength min max limit index prefix suffix separator status state enabled disabled required valid invalid ' +
    'column table class style icon input form button option options mode method algorithm alg encoding version provider service store ' +
    'manager generator factory handler callback function func scope scopes endpoint host port env var variable ref source region bucket ' +
    'arn begin start end pos position offset line char kind level role user username email address domain date time at in by digest bits ' +
    'bytes rounds cost set list array map dict tokens keys budget usage description desc info data cache'
  ).split(' '),
)
const acts =
  /^(?:is|has|no|use|show|hide|forgot|reset|verify|validate|check|confirm|num|enable|allow|require|get|set)(?:_|$)/

/** Numbers that describe a name, by name. */
export function nameFeatures(name: string) {
  const known = features.get(name)
  if (known) return known
  if (features.size >= MOST_NAMES) features.clear()
  const fresh = describeName(name)
  features.set(name, fresh)
  return fresh
}

/** Few names are given to most values. */
const features = new Map<string, ReturnType<typeof describeName>>()
const MOST_NAMES = 4096

function describeName(name: string) {
  const words = splitWords(name)
  const last = words.at(-1) ?? ''
  const plain = words.join('')
  return {
    nameLength: name.length,
    stem: stems.findIndex(stem => plain.includes(stem)),
    lastStem: stems.findIndex(stem => last.includes(stem)),
    nameSaysHash: Number(/hash|md5|sha|digest|checksum|fingerprint|etag|commit/i.test(name)),
  }
}

/** Whether a name speaks about a secret, or is of an act on one. */
export function isAboutSecret(name: string): boolean {
  const words = splitWords(name)
  return about.has(words.at(-1) ?? '') || acts.test(words.join('_'))
}

let lastName = ''
let lastWords: readonly string[] = []

/** camelCase, snake_case and kebab-case alike: `dbPassword` → db, password. */
export function splitWords(name: string): readonly string[] {
  // Several ask about one name in turn.
  if (name !== lastName) {
    lastWords = (name.match(/[A-Z]+[a-z0-9]*|[a-z0-9]+/g) ?? []).map(word => word.toLowerCase())
    lastName = name
  }
  return lastWords
}
