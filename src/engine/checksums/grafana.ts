import { crc32 } from './crc32.ts'

/**
 * `glsa_` + 32 random characters + `_` + CRC-32 of what stands before, in hex, lowest byte first.
 * https://github.com/grafana/grafana/blob/main/pkg/components/satokengen/tokengen.go
 */
export function checkGrafana(secret: string): 'valid' | 'invalid' {
  const body = secret.slice(0, secret.lastIndexOf('_') + 1)
  const sum = Buffer.alloc(4)
  sum.writeUInt32LE(crc32(body))
  return secret.slice(body.length) === sum.toString('hex') ? 'valid' : 'invalid'
}
