/** Quoted-printable of mail (RFC 2045, section 6.7): `=HH`, and `=` at the end of a line that goes on. */
import type { EscapeDecoder } from './decoder.ts'
import { hexNumber } from './digits.ts'

const EQUAL = 0x3d

export const quotedPrintable: EscapeDecoder = {
  lead: EQUAL,
  isRareLead: false,
  // What a mail program must escape in ASCII is only this.
  triggers: ['=3d'],
  announcements: ['content-transfer-encoding: quoted-printable'],
  isTelling: (bytes, at) => bytes[at + 2] === 0x44,
  read(bytes, at, end, text) {
    const byte = hexNumber(bytes, at + 1, end, 2)
    if (byte >= 0) {
      text.push(byte)
      return 3
    }
    let next = at + 1
    while (next < end && (bytes[next] === 32 || bytes[next] === 9)) next++
    if (next < end && bytes[next] === 13) next++
    return next < end && bytes[next] === 10 ? next + 1 - at : 0
  },
}
