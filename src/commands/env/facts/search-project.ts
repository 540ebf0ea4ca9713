import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Sighting, Use } from '../../../hygiene/facts.ts'
import { isPage } from '../../../hygiene/publicity.ts'
import { buildAutomaton } from '../../../kernel/build-automaton.ts'
import { compileKernel, loadKernel } from '../../../kernel/load-kernel.ts'
import { readBuilt } from '../../../system/assets.ts'
import { isBundle, isSearchable } from './searchable.ts'
import { describeUse, spellings } from './spellings.ts'

export interface ProjectSearch {
  uses: Map<string, Use[]>
  loaders: string[]
  sightings: Sighting[]
}

export interface Wanted {
  keys: readonly string[]
  /** Values of secrets by their digest. */
  values: ReadonlyMap<string, string>
  /** Which key holds a value. */
  nameOf: (digest: string) => string | undefined
}

type Literal =
  | { kind: 'key'; name: string; isExact: boolean }
  | { kind: 'value'; digest: string; bytes: Buffer }
  | { kind: 'loader' }

const loaderWords = [
  'dotenv',
  'env-cmd',
  'env_file',
  'environmentfile',
  '--env-file',
  '.env',
  'envfile',
  'env-file',
  'decouple',
  'environs',
  'react-scripts',
  '"next"',
  '"vite"',
  '"nuxt"',
  '"astro"',
  '"gatsby"',
  '"expo"',
  '@vue/cli',
  '@sveltejs/kit',
  '@nestjs/config',
  'laravel/framework',
  'symfony/',
  'pydantic',
  'viper',
  'envconfig',
  'loadenv',
]
const LARGEST = 1024 * 1024
const LARGEST_BUNDLE = 16 * 1024 * 1024
const MOST_USES = 20

/** One pass over the project's texts: where keys are named, where values stand (in pages for people, too), what loads env files. */
export function searchProject(root: string, paths: Iterable<string>, wanted: Wanted): ProjectSearch {
  const { texts, meanings } = listLiterals(wanted)
  const kernel = loadKernel(buildAutomaton(texts), compileKernel(readBuilt('search.wasm')))
  const hasValues = wanted.values.size > 0
  const found: ProjectSearch = { uses: new Map(), loaders: [], sightings: [] }
  for (const path of paths) {
    const inBundle = isBundle(path)
    const kind = inBundle ? 'bundle' : isSearchable(path) ? 'code' : 'page'
    if (kind === 'page' && !(hasValues && isPage(path))) continue
    const memory = kernel.input(inBundle ? LARGEST_BUNDLE : LARGEST)
    const length = readInto(join(root, path), memory)
    if (length > 0) searchText(path, kind, memory, length)
  }
  return found

  function addUse(name: string, use: Use): void {
    found.uses.set(name, merge(found.uses.get(name) ?? [], use))
  }

  function searchText(
    path: string,
    kind: 'bundle' | 'code' | 'page',
    memory: Uint8Array,
    length: number,
  ): void {
    const { count, starts, literals } = kernel.search(memory, length)
    if (count === 0) return
    const bytes = Buffer.from(memory.buffer, memory.byteOffset, length)
    const lineAt = countLines(bytes)
    const seen = new Set<string>()
    for (let i = 0; i < count; i++) {
      const start = starts[i] ?? 0
      const id = literals[i] ?? 0
      const text = texts[id] ?? ''
      for (const literal of meanings.get(text) ?? []) note(literal, start, start + text.length)
    }

    function note(literal: Literal, start: number, end: number): void {
      if (literal.kind === 'value') {
        const isHere = bytes.subarray(start, start + literal.bytes.length).equals(literal.bytes)
        const key = wanted.nameOf(literal.digest)
        if (!isHere || key === undefined || seen.has(literal.digest)) return
        seen.add(literal.digest)
        found.sightings.push({
          kind,
          path,
          line: lineAt(start),
          key,
          digest: literal.digest,
        })
      } else if (kind !== 'code') return
      else if (literal.kind === 'loader') {
        if (found.loaders.at(-1) !== path) found.loaders.push(path)
      } else {
        const confidence = describeUse(bytes, start, end, literal)
        if (confidence !== undefined) addUse(literal.name, { path, line: lineAt(start), confidence })
      }
    }
  }
}

/** Lines from 1, for offsets that only grow. */
function countLines(bytes: Buffer): (offset: number) => number {
  let line = 1
  let next = bytes.indexOf(10)
  return offset => {
    for (; next >= 0 && next < offset; next = bytes.indexOf(10, next + 1)) line++
    return line
  }
}

/** One use a line, the surest. */
function merge(uses: readonly Use[], use: Use): Use[] {
  const at = uses.findIndex(({ path, line }) => path === use.path && line === use.line)
  if (at < 0) return uses.length < MOST_USES ? [...uses, use] : [...uses]
  return uses.with(
    at,
    [uses[at] ?? use, use].sort((a, b) => order.indexOf(a.confidence) - order.indexOf(b.confidence))[0] ??
      use,
  )
}

const order: readonly Use['confidence'][] = ['sure', 'likely', 'possible']

/** Literals are unique, and several things may be meant by one. */
function listLiterals({ keys, values }: Wanted) {
  const meanings = new Map<string, Literal[]>()
  const add = (text: string, literal: Literal) => {
    const lower = text.replace(/[A-Z]/g, letter => letter.toLowerCase())
    meanings.set(lower, [...(meanings.get(lower) ?? []), literal])
  }
  for (const name of new Set(keys)) {
    for (const { text, isExact } of spellings(name)) add(text, { kind: 'key', name, isExact })
  }
  for (const [digest, value] of values) {
    // A part is enough to find it; what follows is compared.
    const bytes = Buffer.from(value)
    if (value.length >= 12) add(bytes.toString('latin1', 0, 64), { kind: 'value', digest, bytes })
  }
  if (keys.length > 0) for (const word of loaderWords) add(word, { kind: 'loader' })
  return { texts: [...meanings.keys()], meanings }
}

/** Bytes read; 0 for what is no file, larger than the memory, or binary. */
function readInto(path: string, memory: Uint8Array): number {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const status = fstatSync(file)
    if (!status.isFile() || status.size > memory.length) return 0
    const length = readSync(file, memory, 0, status.size, 0)
    return memory.subarray(0, Math.min(length, 1024)).includes(0) ? 0 : length
  } catch {
    return 0
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
