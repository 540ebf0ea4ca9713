import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formsOf, SHORTEST_MASKED } from '../../src/launch/mask/forms.ts'
import { createMasker } from '../../src/launch/mask/masker.ts'

/** Every byte of an occurrence is hidden; occurrences that overlap are one. */
function maskNaively(text: Buffer, needles: readonly string[]): string {
  const isHidden = new Array<number>(text.length).fill(0)
  let run = 0
  let end = 0
  for (let at = 0; at < text.length; at++) {
    const lengths = needles
      .map(needle => Buffer.from(needle))
      .filter(needle => text.subarray(at, at + needle.length).equals(needle))
    const longest = Math.max(0, ...lengths.map(({ length }) => length))
    if (longest > 0) {
      if (at >= end) run++
      end = Math.max(end, at + longest)
    }
    if (at < end) isHidden[at] = run
  }
  const out: Buffer[] = []
  for (const [at, byte] of text.entries()) {
    if (isHidden[at] === 0) out.push(Buffer.from([byte]))
    else if (isHidden[at] !== isHidden[at - 1]) out.push(Buffer.from('***'))
  }
  return Buffer.concat(out).toString('latin1')
}

function maskInPieces(text: Buffer, needles: readonly string[], cuts: readonly number[]): string {
  const masker = createMasker(needles)
  const borders = [0, ...cuts.map(cut => cut % (text.length + 1)).sort((a, b) => a - b), text.length]
  const pieces = borders.slice(1).map((end, index) => masker.push(text.subarray(borders[index], end)))
  return Buffer.concat([...pieces, masker.end()]).toString('latin1')
}

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 40 })
const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n'), minLength: 4, maxLength: 9 }), {
  maxLength: 5,
})
const cuts = fc.array(fc.nat(), { maxLength: 12 })

test('what is hidden does not depend on where the stream is cut, nor on which texts overlap', () => {
  fc.assert(
    fc.property(letters, words, cuts, (text, needles, at) => {
      const bytes = Buffer.from(text)
      expect(maskInPieces(bytes, needles, at)).toBe(maskNaively(bytes, needles))
    }),
    { numRuns: 1000 },
  )
})

/** How programs write a value. */
const writers: Record<string, (value: string) => string> = {
  'as it is': value => value,
  'in base64': value => Buffer.from(value).toString('base64'),
  'in base64 for URLs': value => Buffer.from(value).toString('base64url'),
  'in base64 of several lines': value => Buffer.from(value).toString('base64').replace(/.{76}/g, '$&\n'),
  'in hex': value => Buffer.from(value).toString('hex'),
  'in a URL': value => encodeURIComponent(value),
  'in a form': value => new URLSearchParams({ q: value }).toString().slice(2),
  'in JSON': value => JSON.stringify(value),
  'in JSON within JSON': value => JSON.stringify(JSON.stringify(value)),
  'in JSON with ASCII only': value =>
    JSON.stringify(value).replace(
      /[\u007f-\uffff]/g,
      c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  'in single quotes of a shell': value => `'${value.replaceAll("'", "'\\''")}'`,
  'in double quotes of a shell': value => `"${value.replace(/["\\$`]/g, '\\$&')}"`,
  'line by line': value =>
    value
      .split('\n')
      .map(line => `  | ${line}`)
      .join('\r\n'),
}
const characters = [
  'a',
  'B',
  '7',
  '+',
  '/',
  '=',
  '-',
  '_',
  '.',
  ' ',
  '"',
  "'",
  '\\',
  '$',
  '`',
  '%',
  '&',
  '~',
  '!',
  'é',
  '世',
  '😀',
]
const value = fc
  .array(fc.string({ unit: fc.constantFrom(...characters), minLength: 8, maxLength: 90 }), {
    minLength: 1,
    maxLength: 3,
  })
  .map(lines => lines.join('\n'))
  .filter(text => text.split('\n').every(line => line.trim().length >= 6))

test.each(Object.entries(writers))(
  'a value written %s does not come through, wherever the stream is cut',
  (_, write) => {
    fc.assert(
      fc.property(value, cuts, (secret, at) => {
        const seen = maskInPieces(Buffer.from(`token: ${write(secret)};\n`), formsOf(secret), at)
        // What may stay: the word before, quotes, prefixes of lines, and a piece too short to be hidden.
        const rest = seen.replace('token: ', '').replaceAll('***', '').replaceAll('  | ', '')
        expect(rest.replace(/[\s;"'\\|=]/g, '').length).toBeLessThan(SHORTEST_MASKED)
      }),
      { numRuns: 150 },
    )
  },
)

test('base64 of a longer text that holds the value hides all but the characters shared with its neighbours', () => {
  const secret = ['wJalr', 'XUtn', 'FEMI'].join('')
  for (const user of ['a', 'ab', 'abc']) {
    const header = Buffer.from(`${user}:${secret}@x`).toString('base64')
    const seen = maskInPieces(Buffer.from(header), formsOf(secret), [])
    expect(seen).toMatch(/^[\w+/]{2,6}\*\*\*[\w+/=]{2,6}$/)
  }
})

test('short values and ordinary words come through', () => {
  expect(formsOf('true')).toEqual([])
  const seen = maskInPieces(Buffer.from('true or false: 1\n'), formsOf('1').concat(formsOf('true')), [3])
  expect(seen).toBe('true or false: 1\n')
})

test('bytes that are no text come through unchanged', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), cuts, (bytes, at) => {
      const text = Buffer.from(bytes)
      expect(maskInPieces(text, formsOf('not in there at all'), at)).toBe(text.toString('latin1'))
    }),
  )
})
