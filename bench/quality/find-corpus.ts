import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Corpus {
  /** Holds data/ and meta/. */
  root: string
  scorer: string
}

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * The corpus to measure on: what is asked for, else `$STANCH_CREDDATA`, else `../shared/creddata` beside this checkout. Each may
 * be a directory with data/ and meta/, or one with dev.tar.xz, which is unpacked into a temporary directory. score.py is looked
 * for in all of them.
 */
export function findCorpus(asked: string | undefined): Corpus | undefined {
  const places = [asked, process.env.STANCH_CREDDATA, join(repository, '../shared/creddata')].filter(
    Boolean,
  ) as string[]
  const scorer = places.map(place => join(place, 'score.py')).find(existsSync)
  const [first] = asked || process.env.STANCH_CREDDATA ? places : places.filter(existsSync)
  if (first === undefined) return undefined
  const root = isUnpacked(first) ? first : unpack(first)
  if (scorer === undefined) throw new Error(`score.py is neither in ${places.join(' nor in ')}`)
  return { root, scorer }
}

function isUnpacked(place: string): boolean {
  return existsSync(join(place, 'data')) && existsSync(join(place, 'meta'))
}

function unpack(place: string): string {
  const archive = place.endsWith('.tar.xz') ? place : join(place, 'dev.tar.xz')
  const root = mkdtempSync(join(tmpdir(), 'stanch-corpus-'))
  process.once('exit', () => spawnSync('rm', ['-rf', root]))
  const { status, stderr } = spawnSync('tar', ['-xJf', archive, '-C', root], { encoding: 'utf8' })
  if (status !== 0 || !isUnpacked(root))
    throw new Error(`${place} holds no corpus: data/ and meta/, or dev.tar.xz with them. ${stderr}`)
  return root
}
