import type { Pages } from './pages.ts'
import { readVarint } from './varint.ts'

const INTERIOR_INDEX = 2
const INTERIOR_TABLE = 5
const LEAF_INDEX = 10
const LEAF_TABLE = 13

/** Which bytes of which pages are in use: the rest may hold what was deleted. */
export interface PageUse {
  mark(page: number, from: number, to: number): void
  /** False for a page that was there before: trees have no loops. */
  enter(page: number): boolean
}

/** The payloads of a tree's cells (section 1.6), of a table in the order of its rows. */
export function* walkTree(root: number, pages: Pages, use: PageUse): Generator<Buffer> {
  const open = [root]
  for (let page = open.pop(); page !== undefined; page = open.pop()) {
    if (page < 1 || page > pages.count || !use.enter(page)) continue
    const bytes = pages.read(page)
    const start = page === 1 ? 100 : 0
    const type = bytes[start] ?? 0
    const isInterior = type === INTERIOR_INDEX || type === INTERIOR_TABLE
    if (!isInterior && type !== LEAF_INDEX && type !== LEAF_TABLE) continue
    const pointers = start + (isInterior ? 12 : 8)
    const count = bytes.readUInt16BE(start + 3)
    use.mark(page, 0, pointers + count * 2)
    const below: number[] = []
    for (let i = 0; i < count && pointers + i * 2 + 2 <= bytes.length; i++) {
      const cell = readCell(bytes, bytes.readUInt16BE(pointers + i * 2), type, pages, use)
      use.mark(page, cell.start, cell.end)
      if (cell.child !== undefined) below.push(cell.child)
      if (cell.payload) yield cell.payload
    }
    if (isInterior) open.push(bytes.readUInt32BE(start + 8), ...below.reverse())
  }
}

interface Cell {
  start: number
  end: number
  child?: number
  payload?: Buffer
}

function readCell(bytes: Buffer, start: number, type: number, pages: Pages, use: PageUse): Cell {
  let at = start
  if (start + 4 > bytes.length) return { start, end: start }
  const isInterior = type === INTERIOR_INDEX || type === INTERIOR_TABLE
  const child = isInterior ? { child: bytes.readUInt32BE(start) } : {}
  if (isInterior) at += 4
  if (type === INTERIOR_TABLE) return { start, end: readVarint(bytes, at).end, ...child }
  const size = readVarint(bytes, at)
  at = type === LEAF_TABLE ? readVarint(bytes, size.end).end : size.end
  const local = localSize(size.value, type === LEAF_TABLE, pages.usable)
  const here = bytes.subarray(at, at + local)
  at += local
  if (local === size.value) return { start, end: at, ...child, payload: here }
  const rest =
    at + 4 <= bytes.length ? readOverflow(bytes.readUInt32BE(at), size.value - local, pages, use) : []
  return { start, end: at + 4, ...child, payload: Buffer.concat([here, ...rest]) }
}

/** How much of a payload stands in the cell itself. */
function localSize(size: number, isTable: boolean, usable: number): number {
  const most = isTable ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23
  if (size <= most) return size
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const fitting = least + ((size - least) % (usable - 4))
  return fitting <= most ? fitting : least
}

/** The rest of it, in a chain of pages. */
function readOverflow(first: number, size: number, pages: Pages, use: PageUse): Buffer[] {
  const parts: Buffer[] = []
  let left = size
  for (let page = first; left > 0 && page >= 1 && page <= pages.count && use.enter(page); ) {
    const bytes = pages.read(page)
    const part = bytes.subarray(4, Math.min(pages.usable, 4 + left))
    use.mark(page, 0, 4 + part.length)
    parts.push(part)
    left -= part.length
    page = bytes.readUInt32BE(0)
  }
  return parts
}
