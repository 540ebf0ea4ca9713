import { crc32 } from './crc32.ts'

const form = /([0-9A-Za-z_-]+)((?:\.[0-9a-z]{2})?\.)([0-9a-z]{2})([0-9a-z]{7})$/

/**
 * `glpat-PAYLOAD.01.` + length of the payload (two digits in base 36) + CRC-32 of all before it (seven digits in base 36).
 * An instance may put a prefix of its own in front, which the CRC covers; the match holds it.
 * https://handbook.gitlab.com/handbook/engineering/architecture/design-documents/cells/routable_tokens/
 */
export function checkGitlabRoutable(secret: string, match: string): 'valid' | 'invalid' {
  const [, body = '', , , crc = ''] = form.exec(secret) ?? []
  const until = match.indexOf(secret) + secret.length - crc.length
  const known = match.indexOf(secret)
  for (let from = 0; from <= known; from++) {
    if (toBase36(crc32(match.slice(from, until)), 7) === crc && body) return 'valid'
  }
  return 'invalid'
}

function toBase36(value: number, width: number): string {
  return value.toString(36).padStart(width, '0')
}
