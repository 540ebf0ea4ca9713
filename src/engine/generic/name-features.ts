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
  const words = splitWords(name)
  const last = words.at(-1) ?? ''
  const plain = words.join('')
  return {
    nameLength: name.length,
    nameWords: words.length,
    stem: stems.findIndex(stem => plain.includes(stem)),
    lastStem: stems.findIndex(stem => last.includes(stem)),
    endsInKey: Number(last === 'key'),
    nameIsStem: Number(stems.includes(plain)),
    isAbout: Number(about.has(last)),
    isAct: Number(acts.test(words.join('_'))),
    nameIsUpper: Number(/^[A-Z0-9_.-]+$/.test(name)),
    nameHasDot: Number(name.includes('.')),
    nameSaysTest: Number(/test|example|sample|mock|fake|dummy|default|invalid|wrong|bad/i.test(name)),
    nameSaysPublic: Number(
      /public|primary|foreign|index|sort|partition|object|cache|map|row|unique/i.test(name),
    ),
    nameSaysCloud: Number(
      /aws|azure|google|github|slack|stripe|client|consumer|app|account|bearer|refresh|oauth/i.test(name),
    ),
    nameSaysHash: Number(/hash|md5|sha|digest|checksum|fingerprint|etag|commit/i.test(name)),
    nameIsPublic: Number(/pub(?:lic)?[-_ ]?key|publickeytoken|fingerprint/i.test(name)),
    nameSaysSealed: Number(
      /encrypt|cipher|sealed|hashed|signed|signature|digest|csrf|xsrf|nonce/i.test(name),
    ),
    nameSaysMore: Number(/confirm|repeat|old|new|current|wrong|expected|actual|valid/i.test(name)),
    nameSaysStore: Number(
      /db|database|postgres|mysql|redis|mongo|rabbit|smtp|mail|ldap|ftp|ssh|root|admin|user/i.test(name),
    ),
    isFlag: Number(name.startsWith('-')),
  }
}

/** camelCase, snake_case and kebab-case alike: `dbPassword` → db, password. */
export function splitWords(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '')
}
