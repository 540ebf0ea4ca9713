/** Bech32 of BIP 173, as age writes identities: `AGE-SECRET-KEY-1`, 52 characters of key, 6 of checksum. */
const CHARACTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
const PREFIX = 'age-secret-key-'

/** The 32 bytes of an X25519 identity; undefined for another kind, or one that is mistyped. */
export function decodeIdentity(identity: string): Buffer | undefined {
  const lower = identity.toLowerCase()
  if (identity !== identity.toUpperCase() || !lower.startsWith(`${PREFIX}1`)) return undefined
  const values = Array.from(lower.slice(PREFIX.length + 1), character => CHARACTERS.indexOf(character))
  if (values.length !== 58 || values.includes(-1) || checksum([...expanded(PREFIX), ...values]) !== 1)
    return undefined
  return toBytes(values.slice(0, -6))
}

function expanded(prefix: string): number[] {
  const codes = Array.from(prefix, character => character.charCodeAt(0))
  return [...codes.map(code => code >> 5), 0, ...codes.map(code => code & 31)]
}

function checksum(values: readonly number[]): number {
  return values.reduce((sum, value) => {
    const next = ((sum & 0x1ffffff) << 5) ^ value
    return GENERATOR.reduce((mixed, term, bit) => ((sum >> (25 + bit)) & 1 ? mixed ^ term : mixed), next)
  }, 1)
}

/** Five bits each become eight; the four that are left over are zero. */
function toBytes(values: readonly number[]): Buffer | undefined {
  const bits = values.map(value => value.toString(2).padStart(5, '0')).join('')
  if (!/^0*$/.test(bits.slice(256))) return undefined
  return Buffer.from(
    Array.from({ length: 32 }, (_, at) => Number.parseInt(bits.slice(8 * at, 8 * at + 8), 2)),
  )
}
