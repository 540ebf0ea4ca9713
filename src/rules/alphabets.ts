import { UserError } from '../errors.ts'

const named: Record<string, string> = {
  digits: '0-9',
  hex: '0-9a-f',
  HEX: '0-9A-F',
  Hex: '0-9A-Fa-f',
  lower: '0-9a-z',
  upper: '0-9A-Z',
  alnum: '0-9A-Za-z',
  base32: 'A-Z2-7',
  base64: '0-9A-Za-z+/=',
  base64url: '0-9A-Za-z_=-',
  uuid: '0-9A-Fa-f-',
  printable: '!-~\x80-\xff',
}

/** Names that `[rules.assignment]` takes for an alphabet. */
export const alphabetNames = Object.keys(named)

/**
 * The bytes that an alphabet allows, as 256 bits in hex, lowest byte first.
 * @param alphabet a name, or a class such as `[0-9a-z_]`
 * @throws UserError
 */
export function compileAlphabet(alphabet: string): string {
  const body = named[alphabet] ?? classBody(alphabet)
  const bits = new Uint8Array(32)
  for (let i = 0; i < body.length; i++) {
    const low = body.charCodeAt(i)
    const isRange = body[i + 1] === '-' && i + 2 < body.length
    const high = isRange ? body.charCodeAt(i + 2) : low
    for (let code = low; code <= high; code++) bits[code >> 3] = (bits[code >> 3] ?? 0) | (1 << (code & 7))
    if (isRange) i += 2
  }
  return Buffer.from(bits).toString('hex')
}

function classBody(alphabet: string): string {
  const body = /^\[([!-~]+)\]$/.exec(alphabet)?.[1]
  if (body === undefined) {
    throw new UserError(
      `alphabet "${alphabet}" is not known`,
      `Use one of ${alphabetNames.join(', ')}, or a class such as [0-9a-z_].`,
    )
  }
  return body
}
