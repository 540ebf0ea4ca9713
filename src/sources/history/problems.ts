import type { CoverageTally } from '../../coverage.ts'
import type { Catalog } from '../../git/catalog.ts'
import type { ReadProblem } from '../../git/catalog-reader.ts'
import type { ObjectId } from '../../git/object-id.ts'
import type { ObjectStore } from '../../git/object-store.ts'
import { listDamagedRefs } from '../../git/refs.ts'
import { readReported } from './history-objects.ts'

export interface Problems {
  store: ObjectStore
  catalog: Catalog
  /** Objects that others name and that do not exist. */
  missing: Iterable<ObjectId>
  failed: readonly (readonly [number: number, reason: ReadProblem])[]
}

/** Reports what could not be read, and answers with what can be read in another way after all, by number. */
export function noteProblems(
  { store, catalog, missing, failed }: Problems,
  coverage: CoverageTally,
): number[] {
  const { isPartial, isShallow, lostAlternates, unknownExtensions } = store.repository
  for (const directory of lostAlternates) coverage.skip('missing-object', directory)
  const { gitProblem } = store
  if (unknownExtensions.length > 0 && gitProblem !== undefined)
    coverage.skip(
      'unreadable',
      `${unknownExtensions.map(name => `extensions.${name}`).join(', ')}: ${gitProblem}`,
    )
  for (const { path } of store.damaged) coverage.skip('corrupt-object', path)
  for (const path of store.listUnindexed()) coverage.skip('corrupt-object', path)
  for (const path of listDamagedRefs(store.repository)) coverage.skip('corrupt-object', path)
  for (const { plan, first } of catalog.packs) {
    for (let entry = 0; entry < plan.count; entry++) {
      if (plan.headers[entry] !== 0) continue
      const id = catalog.idOf(first + entry)
      if (!readReported(store, id)) coverage.skip('corrupt-object', id)
    }
  }
  for (const id of missing)
    coverage.skip(isPartial ? 'partial-clone' : isShallow ? 'shallow' : 'missing-object', id)
  const readable: number[] = []
  for (const [number, reason] of new Map(failed)) {
    const id = catalog.idOf(number)
    const isFile = reason !== 'too-large' && readReported(store, id)?.type === 'blob'
    // Without a commit or a tree what is below it cannot be placed.
    if (isFile) readable.push(number)
    else coverage.skip(reason, id)
  }
  return readable
}
