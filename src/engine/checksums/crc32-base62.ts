import { crc32 } from './crc32.ts'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/**
 * `prefix_` + random + six digits in base 62 of the CRC-32 of the random part: GitHub's form of 2021, also npm's.
 * https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function checkCrc32Base62(secret: string): 'valid' | 'invalid' {
  const body = secret.slice(secret.indexOf('_') + 1, -6)
  return secret.endsWith(toBase62(crc32(body)).padStart(6, '0')) ? 'valid' : 'invalid'
}

function toBase62(value: number): string {
  let text = ''
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = (digits[rest % 62] ?? '') + text
  return text
}
