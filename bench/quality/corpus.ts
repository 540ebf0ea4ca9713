/** A labelled corpus in CredData's layout: `data/<repository>/…` and `meta/<repository>.csv`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A value, or some lines, that people have looked at. */
export interface Row {
  path: string
  firstLine: number
  lastLine: number
  /** Columns from 0 in code points, end exclusive; -1 where the markup has none. */
  start: number
  end: number
  /** T: a secret, F: none, X: a placeholder, or nobody could tell. */
  truth: 'T' | 'F' | 'X'
  category: string
}

/** One place of a finding, in the units of the markup. */
export interface CorpusFinding {
  path: string
  line: number
  lastLine: number
  start?: number
  end?: number
  rule: string
  confidence?: number
}

/** @throws if `root` is not of this layout */
export function checkCorpus(root: string): void {
  if (!existsSync(join(root, 'data')) || !existsSync(join(root, 'meta')))
    throw new Error(`${root} holds no corpus: data/ and meta/ are expected in it`)
}

/** Paths of all files, from `data/` on, in a stable order. */
export function listFiles(root: string): string[] {
  return readdirSync(join(root, 'data'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(root.length).replace(/^\/+/, ''))
    .sort()
}

export function repositoryOf(path: string): string {
  return path.split('/')[1] ?? ''
}

export function readRows(root: string): Row[] {
  const files = readdirSync(join(root, 'meta')).filter(name => name.endsWith('.csv'))
  return files.sort().flatMap(name => readTable(readFileSync(join(root, 'meta', name), 'utf8')))
}

/** The markup quotes no field. */
function readTable(text: string): Row[] {
  const [head = '', ...lines] = text.split(/\r?\n/).filter(Boolean)
  const names = head.split(',')
  return lines.map(line => {
    const fields = line.split(',')
    const field = (name: string) => fields[names.indexOf(name)] ?? ''
    const number = (name: string) => (field(name) === '' ? -1 : Number(field(name)))
    return {
      path: field('FilePath'),
      firstLine: number('LineStart'),
      lastLine: number('LineEnd'),
      start: number('ValueStart'),
      end: number('ValueEnd'),
      truth: field('GroundTruth') as Row['truth'],
      category: field('Category'),
    }
  })
}
