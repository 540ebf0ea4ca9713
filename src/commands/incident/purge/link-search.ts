import type { Catalog } from '../../../git/catalog.ts'
import { CatalogReader } from '../../../git/catalog-reader.ts'
import type { GitCore } from '../../../git/git-core.ts'
import type { ObjectStore } from '../../../git/object-store.ts'
import type { ReadJobs } from '../../../git/plan-jobs.ts'
import { type TreeLinks, TreeLists } from '../../../git/tree-lists.ts'
import { searchHere, UniqueText } from '../../../git/unique-text.ts'

/** Reads trees for what leads to wanted objects. */
export class LinkSearch {
  readonly #names: UniqueText
  readonly #trees: TreeLists
  readonly #reader: CatalogReader

  constructor(core: GitCore, catalog: Catalog, store: ObjectStore, wanted: Uint32Array) {
    // Names of files come by on the way; nobody looks at them here.
    this.#names = new UniqueText(
      core,
      0n,
      searchHere(() => []),
    )
    this.#trees = new TreeLists(core, catalog, store.repository.hash)
    this.#reader = new CatalogReader(core, catalog, store)
    this.#trees.begin(wanted)
  }

  run(jobs: ReadJobs, job: number, select: Uint8Array | undefined): void {
    const visitor = {
      visit: (object: Parameters<TreeLists['add']>[0] & { type: string }) => {
        if (object.type === 'tree') this.#trees.add(object, this.#names, this.#reader.spare)
      },
      // The search for the value has told of it.
      fail: () => {},
    }
    this.#reader.read(jobs, job, visitor, select)
  }

  result(): TreeLinks {
    return this.#trees.links()
  }

  /** The number of an object by its name, or -1. */
  numberOf(id: Uint8Array): number {
    return this.#trees.numberOf(id)
  }
}
