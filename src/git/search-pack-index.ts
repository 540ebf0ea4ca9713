/** Looks up single names in the index of a pack without reading all of it: a clone's index has tens of megabytes. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { findName } from './find-name.ts'
import { CorruptObjectError } from './git-object.ts'
import { type HashName, hashBytes } from './object-id.ts'

const HEADER = 8
const FANOUT = 1024

/** Version 2 of https://git-scm.com/docs/pack-format; version 1, which git stopped writing in 2007, is not known here. */
export class PackIndexSearch {
  readonly #file: number
  readonly #path: string
  readonly #hashSize: number
  readonly #fanout: Buffer
  readonly #size: number

  /** @throws CorruptObjectError for a file that is no index of version 2 */
  constructor(path: string, hash: HashName) {
    this.#path = path
    this.#hashSize = hashBytes[hash]
    this.#file = openSync(path, 'r')
    this.#size = fstatSync(this.#file).size
    const head = this.#read(0, HEADER + FANOUT)
    if (head.readUInt32BE(0) !== 0xff744f63 || head.readUInt32BE(4) !== 2) {
      this.close()
      throw new CorruptObjectError(`${path} is no index of version 2`)
    }
    this.#fanout = head.subarray(HEADER)
  }

  close(): void {
    closeSync(this.#file)
  }

  /** Where the object's entry begins in the pack; undefined when it is not in it. */
  findOffset(id: Buffer): number | undefined {
    const first = id[0]! === 0 ? 0 : this.#fanout.readUInt32BE((id[0]! - 1) * 4)
    const end = this.#fanout.readUInt32BE(id[0]! * 4)
    if (end <= first) return undefined
    const names = this.#read(HEADER + FANOUT + first * this.#hashSize, (end - first) * this.#hashSize)
    const found = findName(names, id, this.#hashSize)
    return found === undefined ? undefined : this.#readOffset(first + found)
  }

  /** Names, then checksums of four bytes, then offsets of four; one with the top bit set is a place in a table of eight. */
  #readOffset(number: number): number {
    const count = this.#fanout.readUInt32BE(255 * 4)
    const short = HEADER + FANOUT + count * (this.#hashSize + 4)
    const offset = this.#read(short + number * 4, 4).readUInt32BE(0)
    if (offset < 0x80000000) return offset
    const long = this.#read(short + count * 4 + (offset - 0x80000000) * 8, 8)
    return Number(long.readBigUInt64BE(0))
  }

  #read(position: number, length: number): Buffer {
    if (position + length > this.#size) throw new CorruptObjectError(`${this.#path}: cut off`)
    const target = Buffer.allocUnsafe(length)
    let filled = 0
    while (filled < length) {
      const count = readSync(this.#file, target, filled, length - filled, position + filled)
      if (count === 0) throw new CorruptObjectError(`${this.#path}: cut off`)
      filled += count
    }
    return target
  }
}
