const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * The account that an AWS key id made since 2019 belongs to: bits 1 to 40 behind the first of its 16 characters of base32.
 * Told offline, so that no trap (canary) notices. Undefined for what is no such id.
 */
export function awsAccountOf(keyId: string): string | undefined {
  const [, body = ''] = /^A[KS]IA([A-Z2-7]{16})$/.exec(keyId) ?? []
  if (body === '') return undefined
  const bits = [...body.slice(0, 10)].reduce(
    (all, letter) => all * 32n + BigInt(alphabet.indexOf(letter)),
    0n,
  )
  // Ten characters are 50 bits, six bytes 48: the account is in the upper 41 of those, without the first.
  const account = ((bits >> 2n) & 0x7fff_ffff_ff80n) >> 7n
  return account.toString().padStart(12, '0')
}
