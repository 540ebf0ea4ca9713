import type { Catalog } from '../../git/catalog.ts'
import { CatalogReader } from '../../git/catalog-reader.ts'
import { createGitCore, type GitCore } from '../../git/git-core.ts'
import { MarkTrace } from '../../git/mark-trace.ts'
import type { ObjectStore } from '../../git/object-store.ts'
import { TreeLists } from '../../git/tree-lists.ts'
import { UniqueText } from '../../git/unique-text.ts'
import type { Probe } from './probe.ts'

/** What a thread needs to read objects and to have their text searched. */
export interface HistoryThread {
  core: GitCore
  catalog: Catalog
  unique: UniqueText
  trace: MarkTrace
  trees: TreeLists
  reader: CatalogReader
  probe: Probe
}

/** @param key a number that nobody can foresee, the same for all threads of a scan */
export function createHistoryThread(
  wasm: WebAssembly.Module,
  catalog: Catalog,
  store: ObjectStore,
  probe: Probe,
  key: bigint,
): HistoryThread {
  const core = createGitCore(wasm)
  const unique = new UniqueText(core, key, batch => probe.probeLines(batch))
  const trace = new MarkTrace(core)
  const trees = new TreeLists(core, catalog, store.repository.hash)
  return { core, catalog, unique, trace, trees, reader: new CatalogReader(core, catalog, store), probe }
}
