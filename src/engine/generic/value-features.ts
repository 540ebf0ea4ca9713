/** What the characters of a value tell about whether somebody chose or issued it as a secret. */
import { entropyOf } from '../../entropy.ts'
import { isDummy, isPlaceholder } from '../placeholders.ts'
import { letterSurprise } from './letter-pairs.ts'

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const url = /^[a-z][a-z0-9+.-]*:\/\//i
const path = /^(?:\.{0,2}\/|[A-Za-z]:\\|~\/)|\.[a-z]{2,5}$|\/\w+\//i
const expression =
  /^[A-Za-z_$][\w$]*(?:(?:\.|->|::)[A-Za-z_$][\w$]*)+(?:\(.*)?$|^[\w$.]+\(|^[\w$.]+\[|^&|^\*\w|^new |^function\b|=>/
const variable = /^[$%@#]?[{(<[%]|^\$|[})>%\]]$/
const word = /^[A-Za-z]+$/
const identifier = /^[A-Za-z_][A-Za-z0-9_.-]*$/
const constant = /^[A-Z][A-Z0-9_]*$/
const camel = /^[a-z]+(?:[A-Z][a-z0-9]+)+$|^[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+$/
const version = /^v?\d+(?:\.\d+)+/
/** How public keys begin: SubjectPublicKeyInfo of RSA, EC and Ed25519 in base64, certificates, OpenSSH's and PGP's forms. */
const publicKey =
  /^(?:MF[ws]wDQYJ|MI[GI]\w{1,3}MA0GCSqG|MFkwEwYH|MCowBQYDK2V|MII[C-H]\w{3}CCA|ssh-|ecdsa-|AAAAB3Nz|AAAAC3Nz|age1)/
/** How private ones do: PKCS #8, RSA and EC in base64. */
const privateKey = /^(?:MII[BCEJ]\w[wgQI]I?[BA]A|MIGHAgEA|MHcCAQEE|MC4CAQAw)/
/** Passwords that nobody guesses twice; the first of the published lists, and words for the thing itself. */
const common =
  /^(?:admin|root|guest|user|test|demo|secret|pass|passwd|password|letmein|welcome|master|login|hello|world|qwerty|dragon|monkey|abc|postgres|mysql|oracle|redis|rabbitmq|mongo|minio|keycloak|vagrant|docker|jenkins|hunter|hunter2|correct|foo|bar|baz|p[a@]ss(?:w[o0]rd)?)[\d!@#_.-]{0,4}$|^(?:1{3,}|(?:123|321|456|654|abc|xyz){1,2}\d?|x{3,}|[a-z]{1,3}\d{1,3})$/i

/** Numbers that describe a value, by name; yes is 1 and no is 0. */
export function valueFeatures(value: string) {
  const length = Math.max(1, value.length)
  const counts = countKinds(value)
  const bits = entropyOf(value)
  const isHex = /^[0-9a-f]+$/i.test(value)
  const letters = value.toLowerCase().replace(/[^a-z]+/g, ' ')
  return {
    length,
    lower: counts.lower / length,
    upper: counts.upper / length,
    digit: counts.digit / length,
    other: counts.other / length,
    kinds: [counts.lower, counts.upper, counts.digit, counts.other].filter(Boolean).length,
    blanks: value.split(/\s/).length - 1,
    separators: value.split(/[-_.:/]/).length - 1,
    nonAscii: Number(/[^\x20-\x7e]/.test(value)),
    bits,
    bitsShare: length > 1 ? bits / Math.log2(length) : 0,
    distinct: new Set(value).size / length,
    changes: countChanges(value) / length,
    longestWord: Math.max(...letters.split(' ').map(part => part.length)),
    surprise: letterSurprise(letters),
    vowels: letters.replace(/[^aeiouy]/g, '').length / Math.max(1, letters.replace(/ /g, '').length),
    startsWithDigit: Number(/^\d/.test(value)),
    endsWithDigit: Number(/\d$/.test(value)),
    digitRun: Math.max(0, ...(value.match(/\d+/g) ?? []).map(run => run.length)),
    isHex: Number(isHex),
    isNumber: Number(/^[0-9.,+-]+$/.test(value)),
    isBase64: Number(/^[A-Za-z0-9+/_-]{12,}={0,2}$/.test(value) && /\d/.test(value) && /[A-Z]/.test(value)),
    endsPadded: Number(value.endsWith('=')),
    isUuid: Number(uuid.test(value)),
    isUrl: Number(url.test(value)),
    isPath: Number(path.test(value)),
    isExpression: Number(expression.test(value)),
    isVariable: Number(variable.test(value)),
    isWord: Number(word.test(value)),
    isIdentifier: Number(identifier.test(value)),
    isConstant: Number(constant.test(value)),
    isCamel: Number(camel.test(value)),
    isVersion: Number(version.test(value)),
    isPublicKey: Number(publicKey.test(value)),
    isPrivateKey: Number(privateKey.test(value)),
    isCommon: Number(common.test(value)),
    hexLength: isHex ? value.length : 0,
    isFraction: Number(/^\d*\.\d+$/.test(value)),
    percents: value.split(/%[0-9A-Fa-f]{2}/).length - 1,
    isPlaceholder: Number(isPlaceholder(value)),
    isDummy: Number(isDummy(value)),
    brackets: Number(/[()[\]{}<>]/.test(value)),
    escapes: Number(/\\/.test(value)),
    punctuation: Number(/[,;"'`|!?]/.test(value)),
    saysSecret: Number(/pass|secret|token|key|auth|pwd/i.test(value)),
    saysTest: Number(/test|example|sample|demo|foo|bar|dummy|fake|mock|user|admin|root|guest/i.test(value)),
  }
}

function countKinds(value: string) {
  const counts = { lower: 0, upper: 0, digit: 0, other: 0 }
  for (let i = 0; i < value.length; i++) counts[kindAt(value, i)]++
  return counts
}

/** How often the kind of character changes from one to the next. */
function countChanges(value: string): number {
  let changes = 0
  for (let i = 1; i < value.length; i++) if (kindAt(value, i) !== kindAt(value, i - 1)) changes++
  return changes
}

function kindAt(value: string, at: number): 'lower' | 'upper' | 'digit' | 'other' {
  const code = value.charCodeAt(at)
  if (code >= 97 && code <= 122) return 'lower'
  if (code >= 65 && code <= 90) return 'upper'
  return code >= 48 && code <= 57 ? 'digit' : 'other'
}
