const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * Key ids made since 2019 hold the account id, a number of twelve digits, in 40 bits after the first one of their base32 text;
 * that first bit is set in them and clear in older ones, which hold none.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html tells the account; the place is common knowledge.
 */
export function checkAwsAccessKeyId(secret: string): 'invalid' | 'unknown' {
  const account = awsAccountOf(secret)
  return account !== undefined && account > 999_999_999_999 ? 'invalid' : 'unknown'
}

/** The account id that a newer access key id holds. */
export function awsAccountOf(keyId: string): number | undefined {
  if (!/^[A-Z2-7]{20}$/.test(keyId)) return undefined
  let bits = 0n
  for (const char of keyId.slice(4, 14)) bits = bits * 32n + BigInt(alphabet.indexOf(char))
  return bits >> 49n ? Number((bits >> 9n) & 0xff_ffff_ffffn) : undefined
}
