const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]

/**
 * Bech32 (BIP 173): a prefix, `1`, and data that ends in a checksum over both, as of age keys and Nostr keys.
 * https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki
 */
export function checkBech32(secret: string): 'valid' | 'invalid' {
  const text = secret.toLowerCase()
  const split = text.lastIndexOf('1')
  const prefix = Array.from(text.slice(0, split), char => char.charCodeAt(0))
  const data = Array.from(text.slice(split + 1), char => alphabet.indexOf(char))
  const values = [...prefix.map(code => code >> 5), 0, ...prefix.map(code => code & 31), ...data]
  return split > 0 && data.length >= 6 && !data.includes(-1) && polymod(values) === 1 ? 'valid' : 'invalid'
}

function polymod(values: readonly number[]): number {
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    for (const [bit, term] of generator.entries()) if ((top >>> bit) & 1) sum ^= term
  }
  return sum
}
