import type { Pages } from './pages.ts'
import type { PageUse } from './walk-tree.ts'

export interface FreeSpace extends PageUse {
  /** What stands in the bytes that nobody marked, zeros left out. */
  read(): Generator<Buffer>
}

const SEPARATOR = Buffer.from('\n')

export function createFreeSpace(pages: Pages): FreeSpace {
  const used = new Map<number, [from: number, to: number][]>()

  return {
    enter(page) {
      if (used.has(page)) return false
      used.set(page, [])
      return true
    },
    mark(page, from, to) {
      used.get(page)?.push([from, to])
    },
    *read() {
      for (let page = 1; page <= pages.count; page++) {
        const bytes = pages.read(page)
        for (const [from, to] of gapsBetween(used.get(page) ?? [], pages.usable)) {
          const rest = trimZeros(bytes.subarray(from, to))
          if (rest.length > 0) yield Buffer.concat([rest, SEPARATOR])
        }
      }
    },
  }
}

function gapsBetween(spans: readonly [number, number][], end: number): [number, number][] {
  const gaps: [number, number][] = []
  let at = 0
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (from > at) gaps.push([at, from])
    at = Math.max(at, to)
  }
  if (at < end) gaps.push([at, end])
  return gaps
}

function trimZeros(bytes: Buffer): Buffer {
  let start = 0
  let end = bytes.length
  while (start < end && bytes[start] === 0) start++
  while (end > start && bytes[end - 1] === 0) end--
  return bytes.subarray(start, end)
}
