import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makePdf } from '../support/make-pdf.ts'
import { walkBytes } from '../support/walk-bytes.ts'

/** What the one page shows. */
async function shown(
  content: string,
  others: Parameters<typeof makePdf>[0] = {},
): Promise<string | undefined> {
  const pdf = makePdf({ ...others, 9: { dictionary: '', content } })
  const text = (await walkBytes(pdf)).files['a!object 9']
  return text && Buffer.from(text, 'latin1').toString().trim()
}

const rows: [title: string, content: string, text: string][] = [
  ['a string', 'BT /F1 12 Tf 50 700 Td (Hello \\(world\\)) Tj ET', 'Hello (world)'],
  ['a string with brackets and octal', 'BT (a(b)c\\101\\\nd) Tj ET', 'a(b)cAd'],
  ['hexadecimal digits', 'BT <48 65 6C6c 6> Tj ET', 'Hell`'],
  ['pieces with kerning', 'BT [(He) -20 (ll) 15 (o) -300 (you)] TJ ET', 'Hello you'],
  ['pieces that stand side by side', 'BT /F 10 Tf (key) Tj 18 0 Td (word) Tj ET', 'keyword'],
  ['pieces with a gap', 'BT /F 10 Tf (key) Tj 40 0 Td (word) Tj ET', 'key word'],
  ['lines', "BT /F 10 Tf (one) Tj 0 -12 Td (two) Tj T* (three) Tj (four) ' ET", 'one\ntwo\nthree\nfour'],
  ['lines by matrices', 'BT /F 1 Tf 10 0 0 10 5 80 Tm (one) Tj 10 0 0 10 5 60 Tm (two) Tj ET', 'one\ntwo'],
  ['a comment', 'BT % (no) Tj\n(yes) Tj ET', 'yes'],
]

test.each(rows)('of a page the text is read: %s', async (_title, content, text) => {
  expect(await shown(content)).toBe(text)
})

const map = `/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange
2 beginbfchar <0003> <0020> <0007> <00660069> endbfchar
2 beginbfrange <0024> <0026> <0041> <0030> <0031> [<0078> <D83DDE00>] endbfrange endcmap`

test('codes of a font are turned into characters by its map', async () => {
  const others = {
    4: '<< /Font << /F1 5 0 R >> >>',
    5: '<< /Type /Font /ToUnicode 6 0 R >>',
    6: { dictionary: '', content: map },
  }
  expect(await shown('BT /F1 9 Tf <00240025002600030007> Tj <00300031> Tj ET', others)).toBe('ABC fix😀')
})

test('fonts are found in object streams, too', async () => {
  const objects = ['<< /Font << /F1 5 0 R >> >>', '<< /Type /Font /ToUnicode 6 0 R >>']
  const head = `4 0 5 ${objects[0]?.length} `
  const others = {
    6: { dictionary: '', content: map },
    7: { dictionary: `/Type /ObjStm /N 2 /First ${head.length}`, content: head + objects.join('') },
  }
  expect(await shown('BT /F1 9 Tf <0024> Tj ET', others)).toBe('A')
})

test('the file itself, and packed streams that are no pages, are read as they are', async () => {
  const pdf = makePdf({
    1: '<< /Title (plain) >>',
    2: { dictionary: '/Type /EmbeddedFile', content: 'a=1' },
    3: { dictionary: '/Subtype /Image', content: 'pixels' },
  })
  const { files } = await walkBytes(pdf)
  expect(files['a']).toContain('/Title (plain)')
  expect(Object.keys(files)).toEqual(['a', 'a!object 2'])
  expect(files['a!object 2']).toBe('a=1')
})

test('one that needs a password is reported', async () => {
  const pdf = Buffer.from(
    makePdf({ 9: { dictionary: '', content: 'x' } })
      .toString('latin1')
      .replace('/Root', '/Encrypt 8 0 R /Root'),
    'latin1',
  )
  expect((await walkBytes(pdf)).skipped).toEqual(['encrypted-archive a'])
})

test('any damage is survived', async () => {
  const pdf = makePdf({
    4: '<< /Font << /F1 5 0 R >> >>',
    5: '<< /Type /Font /ToUnicode 6 0 R >>',
    6: { dictionary: '', content: map },
    9: { dictionary: '', content: 'BT /F1 9 Tf <0024> Tj [(a) 3 (b)] TJ ET' },
  })
  const damage = fc.array(fc.tuple(fc.nat(pdf.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(damage, async places => {
      const bad = Buffer.from(pdf)
      for (const [place, byte] of places) bad[place] = byte
      await walkBytes(bad)
    }),
    { numRuns: 80 },
  )
})

test('a page of nothing but brackets is read in linear time', async () => {
  const started = performance.now()
  await shown(`BT ${'('.repeat(200_000)} Tj ET${' <</ '.repeat(20_000)}`)
  expect(performance.now() - started).toBeLessThan(2000)
})
