import { deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { encodeText } from '../../support/encode-text.ts'
import { scanShop, shopKey } from '../../support/shop-scanner.ts'

const line = `key = ${shopKey}\n`
const long = `${'# what this is for\n'.repeat(20)}${line}`

function base64(text: string | Buffer): string {
  return Buffer.from(text).toString('base64')
}

function wrap(text: string, width: number, between: string): string {
  return text.match(new RegExp(`.{1,${width}}`, 'g'))?.join(between) ?? ''
}

/** A text with its secret's place between « and », and the decoders that lead there. */
const rows: [title: string, marked: string, decoders: string][] = [
  ['plain text', `x\nkey = «${shopKey}»\n`, ''],
  ['base64', `a: «${base64(line)}»\n`, 'base64'],
  [
    'base64 in the alphabet of URLs',
    `a: «${Buffer.from(`>>>???ÿÿ ${line}`).toString('base64url')}»`,
    'base64',
  ],
  ['base64 behind the path of a URL', `https://host/path/«${base64(line)}»`, 'base64'],
  ['base64 in lines of 76 characters', `x\n«${wrap(base64(long), 76, '\n')}»\n`, 'base64'],
  ['base64 in indented lines', `x: |\n  «${wrap(base64(long), 64, '\r\n  ')}»\r\n`, 'base64'],
  ['base64 in the lines of a string', `x = "«${wrap(base64(long), 64, '\\n')}»"`, 'base64'],
  ['base64 in joined strings', `x = "«${wrap(base64(long), 60, '" +\n    "')}»"`, 'base64'],
  ['base64 in a quoted mail', `> «${wrap(base64(long), 60, '\n> ')}»\n`, 'base64'],
  ['hexadecimal digits', `a: «${Buffer.from(line).toString('hex')}»`, 'hex'],
  [
    'hexadecimal digits in lines',
    `«${wrap(Buffer.from(long).toString('hex').toUpperCase(), 60, '\n')}»`,
    'hex',
  ],
  ['percent encoding', `a=${encodeURIComponent('key = ')}«${shopKey}»%0A`, 'percent'],
  ['percent encoding in front of a key', `?next=%2Fa%3D«${shopKey}»`, 'percent'],
  ['escapes of JSON', `{"a":"x\\n«${shopKey}»\\n"}`, 'backslash'],
  ['JSON in JSON in JSON', `"\\"\\\\"x\\\\\\\\n«${shopKey}»\\\\"\\""`, 'backslash backslash backslash'],
  ['references of HTML', `<a title="a&#x3a;x&#58;x&NewLine;«${shopKey}»">`, ''],
  ['nothing but references', `«${[...shopKey].map(c => `&#${c.charCodeAt(0)};`).join('')}»`, 'html'],
  [
    'nothing but \\x',
    `a: «${[...shopKey].map(c => `\\x${c.charCodeAt(0).toString(16)}`).join('')}»`,
    'backslash',
  ],
  [
    'quoted-printable',
    `token is a rather long word =3D «${shopKey.slice(0, 9)}=\n${shopKey.slice(9)}» x`,
    'quoted-printable',
  ],
  [
    'a mail in quoted-printable',
    `Content-Transfer-Encoding: quoted-printable\n\n«${shopKey.slice(0, 9)}=\r\n${shopKey.slice(9)}» x`,
    'quoted-printable',
  ],
  ['gzip in base64', `a: «${base64(gzipSync(long))}»`, 'base64 gzip'],
  ['zlib in base64', `a: «${base64(deflateSync(long))}»`, 'base64 gzip'],
  [
    'gzip in base64 twice, as Helm stores a release',
    `a: «${base64(base64(gzipSync(long)))}»`,
    'base64 base64 gzip',
  ],
  [
    'UTF-16 in base64, as PowerShell takes a command',
    `-enc «${base64(Buffer.from(line, 'utf16le'))}»`,
    'base64 utf-16le',
  ],
  [
    'base64 in percent encoding',
    `a=%7B%22x%22%3A%22«${base64(line).replace(/=/g, '')}»%22%7D`,
    'percent base64',
  ],
  ['percent encoding in base64', `a: «${base64(`x=1&key%3D${shopKey}%0A`)}»`, 'base64 percent'],
  ['text that begins beyond ASCII, in base64', `a: «${base64(`ключ и пароль: ${line}`)}»`, 'base64'],
  [
    'binary frames around text, in base64',
    `a: «${base64(Buffer.from(`\x0a\x12\x18 config ${line}\x1a\x00`))}»`,
    'base64',
  ],
]

test.each(rows)('%s', (_title, marked, decoders) => {
  const found = scanShop(marked.replace(/[«»]/g, '')).map(({ span, decoded, secret }) => ({
    ...span,
    decoded: decoded.join(' '),
    secret: secret.reveal(),
  }))
  expect(found).toEqual([{ ...markedSpan(marked), decoded: decoders, secret: shopKey }])
})

test('the code and the outputs of a notebook are read', () => {
  const cell = {
    cell_type: 'code',
    source: ['import shop\n', `shop.login("${shopKey}")\n`],
    outputs: [
      { output_type: 'stream', text: ['ok\n', `\u001b[32mkey\u001b[0m\t${shopKey}\n`] },
      { data: { 'text/html': [`<pre>\n${shopKey}</pre>`], 'image/png': base64(Buffer.alloc(300, 0x8f)) } },
    ],
  }
  const text = JSON.stringify({ nbformat: 4, cells: [cell] }, null, 1)
  expect(scanShop(text, {}, 'a.ipynb').map(({ span }) => span.line)).toEqual([8, 15, 21])
})

test.each([
  ['little endian', 'utf-16le' as const],
  ['big endian', 'utf-16be' as const],
])('text in UTF-16, %s, within a program', (_title, encoding) => {
  for (const before of [100, 101, 130, 133]) {
    const text = encodeText(`the key is ${shopKey} here`, encoding, false)
    const bytes = Buffer.concat([
      Buffer.from('MZ\0\x01'),
      Buffer.alloc(before, 0xcc),
      text,
      Buffer.alloc(50, 7),
    ])
    const [match] = scanShop(bytes)
    const start = 4 + before + 22 + (encoding === 'utf-16be' ? 1 : 0)
    expect([match?.start, match?.end, match?.decoded]).toEqual([
      start,
      start + 2 * shopKey.length,
      ['utf-16le'],
    ])
  }
})

/** Padding is not part of a place. */
function markedSpan(marked: string) {
  const [before = '', inside = ''] = marked.split(/[«»]/)
  const [line, column] = positionAfter(before)
  const [endLine, endColumn] = positionAfter(`${before}${inside.replace(/=+$/, '')}`)
  return { line, column, endLine, endColumn }
}

function positionAfter(text: string): [number, number] {
  const lines = text.split('\n')
  return [lines.length, (lines.at(-1)?.length ?? 0) + 1]
}
