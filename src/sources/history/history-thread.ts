import type { Catalog } from '../../git/catalog.ts'
import { CatalogReader } from '../../git/catalog-reader.ts'
import { createGitCore, type GitCore } from '../../git/git-core.ts'
import { MarkTrace } from '../../git/mark-trace.ts'
import type { ObjectStore } from '../../git/object-store.ts'
import { TreeLists } from '../../git/tree-lists.ts'
import { UniqueText } from '../../git/unique-text.ts'
import type { ThreadProbe } from './probe.ts'

/** Reads texts, and has searched what is new in them. */
export interface TextMeans {
  core: GitCore
  reader: CatalogReader
  unique: UniqueText
  trace: MarkTrace
}

/** Reads trees, and has names searched. */
export interface TreeMeans {
  reader: CatalogReader
  unique: UniqueText
  lists: TreeLists
}

/**
 * What a thread needs to read objects. Texts come first: what their table of lines took is given back before trees are read,
 * as more than it is needed for what comes then.
 */
export class HistoryThread {
  readonly catalog: Catalog
  readonly probe: ThreadProbe
  /** To be called between objects: looks after what other threads ask for. */
  readonly attend: () => void
  readonly #wasm: WebAssembly.Module
  readonly #store: ObjectStore
  readonly #key: bigint
  #texts: TextMeans | undefined
  #trees: TreeMeans | undefined

  /** @param key a number that nobody can foresee, the same for all threads of a scan */
  constructor(
    catalog: Catalog,
    probe: ThreadProbe,
    {
      wasm,
      store,
      key,
      attend = () => {},
    }: { wasm: WebAssembly.Module; store: ObjectStore; key: bigint; attend?: (() => void) | undefined },
  ) {
    this.catalog = catalog
    this.probe = probe
    this.#wasm = wasm
    this.#store = store
    this.#key = key
    this.attend = attend
  }

  /** To be asked for before trees. */
  get texts(): TextMeans {
    this.#texts ??= this.#createTexts()
    return this.#texts
  }

  /** Forgets what texts needed. */
  get trees(): TreeMeans {
    this.#texts = undefined
    this.#trees ??= this.#createTrees()
    return this.#trees
  }

  #createTexts(): TextMeans {
    const core = createGitCore(this.#wasm)
    return {
      core,
      unique: this.#createUnique(core),
      trace: new MarkTrace(core),
      reader: this.#createReader(core),
    }
  }

  #createTrees(): TreeMeans {
    const core = createGitCore(this.#wasm)
    const unique = this.#createUnique(core)
    const lists = new TreeLists(core, this.catalog, this.#store.repository.hash)
    return { unique, lists, reader: this.#createReader(core) }
  }

  #createUnique(core: GitCore): UniqueText {
    return new UniqueText(core, this.#key, this.probe.lines)
  }

  #createReader(core: GitCore): CatalogReader {
    return new CatalogReader(core, this.catalog, this.#store)
  }
}
