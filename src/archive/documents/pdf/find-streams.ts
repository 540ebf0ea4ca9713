/** A stream of a PDF (ISO 32000-2, section 7.3.8), still packed. */
export interface PdfStream {
  /** Number of its object; 0 where that cannot be told. */
  object: number
  /** The text of its dictionary. */
  dictionary: string
  bytes: Buffer
}

const KEYWORD = Buffer.from('stream')
const END = Buffer.from('endstream')
const LONGEST_DICTIONARY = 16 * 1024

/** All streams in the order of the file, whatever the tables at its end say of them: they may be wrong, or lie. */
export function* findStreams(file: Buffer): Generator<PdfStream> {
  let passed = 0
  for (let at = file.indexOf(KEYWORD); at >= 0; ) {
    const start = dataStart(file, at + KEYWORD.length)
    const head = start < 0 ? undefined : readHead(file, Math.max(passed, at - LONGEST_DICTIONARY), at)
    passed = at
    if (!head) {
      at = file.indexOf(KEYWORD, at + KEYWORD.length)
      continue
    }
    const end = dataEnd(file, start, head.dictionary)
    yield { ...head, bytes: file.subarray(start, end) }
    at = file.indexOf(KEYWORD, Math.max(end, start) + END.length)
  }
}

/** Behind the keyword stands a line break. */
function dataStart(file: Buffer, at: number): number {
  if (file[at] === 10) return at + 1
  if (file[at] === 13) return file[at + 1] === 10 ? at + 2 : at + 1
  return -1
}

function readHead(
  file: Buffer,
  from: number,
  keyword: number,
): { object: number; dictionary: string } | undefined {
  const before = file.toString('latin1', from, keyword)
  const object = before.lastIndexOf(' obj')
  const dictionary = before.slice(object + 4)
  if (object < 0 || !/>>\s*$/.test(dictionary)) return undefined
  const number = /(\d+)\s+\d+$/.exec(before.slice(Math.max(0, object - 24), object))
  return { object: Number(number?.[1] ?? 0), dictionary }
}

/** The length that the dictionary gives, if the stream ends there; else where it does end. */
function dataEnd(file: Buffer, start: number, dictionary: string): number {
  const written = /\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(dictionary)
  const end = start + Number(written?.[1] ?? Number.NaN)
  if (
    end <= file.length &&
    file
      .toString('latin1', end, end + 12)
      .trimStart()
      .startsWith('endst')
  )
    return end
  const found = file.indexOf(END, start)
  return found < 0 ? file.length : found
}
