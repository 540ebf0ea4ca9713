import { crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkAtlassian } from '../../../src/engine/checksums/atlassian.ts'
import { checkCanva } from '../../../src/engine/checksums/canva.ts'
import { crc32 } from '../../../src/engine/checksums/crc32.ts'
import { checkCrc32Base62 } from '../../../src/engine/checksums/crc32-base62.ts'
import { checkGitlabRoutable } from '../../../src/engine/checksums/gitlab-routable.ts'
import { checkGrafana } from '../../../src/engine/checksums/grafana.ts'

const random = ['wWPw5k4aXcaT', '4fNP0UcnZwJU', 'VFk6LO'].join('')

test('crc32 is the one of zlib', () => {
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      const buffer = Buffer.from(bytes)
      expect(crc32(buffer.toString('latin1'))).toBe(zlibCrc32(buffer))
    }),
  )
})

test('a GitHub or npm token ends in the CRC-32 of its random part in base 62', () => {
  expect(checkCrc32Base62(`ghp_${random}${['0pI', 'NUx'].join('')}`)).toBe('valid')
  expect(checkCrc32Base62(`ghp_${random}${['0pI', 'NUy'].join('')}`)).toBe('invalid')
  const padded = ['000000000000', '000000000000', '029oC4'].join('')
  const sum = zlibCrc32(padded)
  expect(sum).toBeLessThan(62 ** 5)
  expect(checkCrc32Base62(`npm_${padded}0${toBase62(sum)}`)).toBe('valid')
})

test('a routable GitLab token ends in the CRC-32 of all before it in base 36, whatever prefix its instance adds', () => {
  const body = `${['gl', 'pat-'].join('')}${random}AbCd.01.0y`
  const token = body + zlibCrc32(body).toString(36).padStart(7, '0')
  expect(checkGitlabRoutable(token, token)).toBe('valid')
  expect(checkGitlabRoutable(token, `X-${token} `)).toBe('valid')
  expect(checkGitlabRoutable(token.replace('AbCd', 'AbCe'), token.replace('AbCd', 'AbCe'))).toBe('invalid')
  const own = `shop-${body}${zlibCrc32(`shop-${body}`).toString(36).padStart(7, '0')}`
  expect(checkGitlabRoutable(own.slice(5), own)).toBe('valid')
  expect(checkGitlabRoutable(own.slice(5), own.slice(5))).toBe('invalid')
})

test('a Grafana token ends in the CRC-32 of all before it in hex, lowest byte first', () => {
  const body = `${['gl', 'sa_'].join('')}${random}Ab_`
  const sum = Buffer.alloc(4)
  sum.writeUInt32LE(zlibCrc32(body))
  expect(checkGrafana(body + sum.toString('hex'))).toBe('valid')
  expect(checkGrafana(body + sum.reverse().toString('hex'))).toBe('invalid')
})

test('an Atlassian token with the CRC-32 at its end is one; without, nothing is known', () => {
  const body = `${['ATA', 'TT3'].join('')}${random}=`
  const sum = zlibCrc32(body).toString(16).toUpperCase().padStart(8, '0')
  expect(checkAtlassian(body + sum)).toBe('valid')
  expect(checkAtlassian(`${body}00C0FFEE`)).toBe('unknown')
})

test('a Canva client secret ends in the CRC-32 of all before it in hex', () => {
  const body = `${['cnv', 'ca'].join('')}${random}Zt5vQ1hXw_7-bJ3mN`
  const sum = zlibCrc32(body).toString(16).padStart(8, '0')
  expect(checkCanva(body + sum)).toBe('valid')
  expect(checkCanva(`${body.replace('ca', 'cb')}${sum}`)).toBe('invalid')
})

function toBase62(value: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  return value === 0 ? '' : toBase62(Math.floor(value / 62)) + digits[value % 62]
}
