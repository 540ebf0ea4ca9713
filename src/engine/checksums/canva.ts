import { crc32 } from './crc32.ts'

/** `cnvca` + 43 random characters + CRC-32 of all that stands before, in hex. Read off issued secrets. */
export function checkCanva(secret: string): 'valid' | 'invalid' {
  const sum = crc32(secret.slice(0, -8)).toString(16).padStart(8, '0')
  return secret.endsWith(sum) ? 'valid' : 'invalid'
}
