/** Dictionaries of a PDF's objects (ISO 32000-2, section 7.3.10), as far as they stand there unpacked, or in object streams. */

/** The text of an object, by its number. */
export type ObjectText = readonly [number: number, text: string]

const KEYWORD = Buffer.from(' obj')
const LONGEST = 16 * 1024

/** Objects that stand in the file itself; of one with a stream its dictionary. */
export function* plainObjects(file: Buffer): Generator<ObjectText> {
  let next = 0
  for (let at = file.indexOf(KEYWORD); at >= 0; at = next) {
    const start = at + KEYWORD.length
    next = file.indexOf(KEYWORD, start)
    const number = /(\d+)\s+\d+$/.exec(file.toString('latin1', Math.max(0, at - 24), at))
    if (!number) continue
    const text = file.toString('latin1', start, Math.min(start + LONGEST, next < 0 ? file.length : next))
    yield [Number(number[1]), text.slice(0, /endobj|stream\r?\n/.exec(text)?.index)]
  }
}

/** Objects that an object stream (section 7.5.7) holds: pairs of number and offset, and then the objects. */
export function* packedObjects(stream: string, dictionary: string): Generator<ObjectText> {
  const first = Number(/\/First\s+(\d+)/.exec(dictionary)?.[1] ?? 0)
  const pairs = [...stream.slice(0, first).matchAll(/(\d+)\s+(\d+)/g)]
  for (const [i, [, number, offset]] of pairs.entries()) {
    const end = pairs[i + 1]?.[2]
    yield [
      Number(number),
      stream.slice(first + Number(offset), end === undefined ? undefined : first + Number(end)),
    ]
  }
}
