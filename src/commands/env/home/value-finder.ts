/** Says which keys' values a text holds, with the line of the first. */
export type ValueFinder = (text: string) => { key: string; line: number }[]

/** Shorter values occur by chance. */
const SHORTEST = 12

export function createValueFinder(
  values: ReadonlyMap<string, string>,
  nameOf: (digest: string) => string | undefined,
): ValueFinder {
  const wanted = [...values].flatMap(([digest, value]) => {
    const key = nameOf(digest)
    return key !== undefined && value.length >= SHORTEST ? [{ key, value }] : []
  })
  return text =>
    wanted.flatMap(({ key, value }) => {
      const at = text.indexOf(value)
      return at < 0 ? [] : [{ key, line: countLines(text, at) }]
    })
}

function countLines(text: string, end: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) line++
  return line
}
