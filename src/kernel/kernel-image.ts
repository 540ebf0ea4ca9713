/*
 * The kernel's memory as it is when its tables have been brought into their form, so that a program that is started for
 * a moment need not do that again. Numbers are 32-bit, little-endian:
 *   0    'STK' and the version of the format, one byte
 *   4    the layout, in the order of `fields`
 *   then classes, and what lies between the tables' first address and the block
 */
import { UserError } from '../errors.ts'
import {
  classesAddress,
  classesBytes,
  type Instance,
  type KernelLayout,
  type KernelTables,
} from './wasm-memory.ts'

const signature = 0x04_4b_54_53
const fields = [
  'strideBytes',
  'firstBytes',
  'overlap',
  'mostHits',
  'starts',
  'literals',
  'transitions',
  'outputs',
  'filters',
  'rests',
  'sets',
  'kinds',
  'surprises',
  'block',
  'blockBytes',
] as const satisfies readonly (keyof KernelLayout)[]

export const imageHeaderBytes = 4 + fields.length * 4

export function encodeKernelImage({ memory }: Pick<Instance, 'memory'>, layout: KernelLayout): Uint8Array {
  const header = Int32Array.from([signature, ...fields.map(field => layout[field])])
  const tables = layout.block - layout.transitions
  const image = new Uint8Array(imageHeaderBytes + classesBytes + tables)
  image.set(new Uint8Array(header.buffer))
  image.set(new Uint8Array(memory.buffer, classesAddress, classesBytes), imageHeaderBytes)
  image.set(new Uint8Array(memory.buffer, layout.transitions, tables), imageHeaderBytes + classesBytes)
  return image
}

/**
 * @param header the first bytes of an image
 * @param read puts the image's bytes from `position` on into the target, all of it
 * @throws UserError for bytes that are not those of an image of this version
 */
export function tablesOfImage(
  header: Uint8Array,
  read: (target: Uint8Array, position: number) => void,
): KernelTables {
  const [first, ...numbers] = new Int32Array(header.slice(0, imageHeaderBytes).buffer)
  if (header.length < imageHeaderBytes || first !== signature)
    throw new UserError('The search tables are not in the format of this version', 'Install stanch again.')
  const at = (field: (typeof fields)[number]) => numbers[fields.indexOf(field)] ?? 0
  const layout: KernelLayout = {
    strideBytes: at('strideBytes'),
    firstBytes: at('firstBytes'),
    overlap: at('overlap'),
    mostHits: at('mostHits'),
    starts: at('starts'),
    literals: at('literals'),
    transitions: at('transitions'),
    outputs: at('outputs'),
    filters: at('filters'),
    rests: at('rests'),
    sets: at('sets'),
    kinds: at('kinds'),
    surprises: at('surprises'),
    block: at('block'),
    blockBytes: at('blockBytes'),
  }
  return {
    layout,
    fill(memory, wasm) {
      read(new Uint8Array(memory, classesAddress, classesBytes), imageHeaderBytes)
      const tables = new Uint8Array(memory, layout.transitions, layout.block - layout.transitions)
      read(tables, imageHeaderBytes + classesBytes)
      wasm.adopt(layout.firstBytes, layout.overlap)
    },
  }
}
