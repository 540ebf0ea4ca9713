import { CoverageTally } from '../../coverage.ts'
import type { ReadObject, ReadProblem } from '../../git/catalog-reader.ts'
import type { ReadJobs } from '../../git/plan-jobs.ts'
import type { TreeLinks } from '../../git/tree-lists.ts'
import type { Coverage } from '../../model.ts'
import type { HistoryThread, TreeMeans } from './history-thread.ts'

export interface TreeFindings {
  /** Trees in which a file's name may hold a match, by number. */
  holders: Uint32Array
  links: TreeLinks
  /** Names of objects that trees name and that do not exist. */
  missing: string[]
  failed: [number: number, reason: ReadProblem][]
  coverage: Coverage
}

/** Searches the names of files, and lists what trees link to. */
export class TreeSearch {
  readonly #means: TreeMeans
  readonly #attend: () => void
  readonly #select: Uint8Array | undefined
  readonly #coverage = new CoverageTally()
  readonly #failed: TreeFindings['failed'] = []

  /** @param wanted files whose paths will be asked for; undefined where none are */
  constructor(thread: HistoryThread, select: Uint8Array | undefined, wanted: Iterable<number> | undefined) {
    this.#means = thread.trees
    this.#attend = thread.attend
    this.#select = select
    this.#means.lists.begin(wanted)
  }

  run(jobs: ReadJobs, job: number): void {
    const fail = (number: number, reason: ReadProblem) => this.#failed.push([number, reason])
    this.#means.reader.read(jobs, job, { visit: object => this.#visit(object), fail }, this.#select)
  }

  result(): TreeFindings {
    const { unique, lists, reader } = this.#means
    unique.settle(reader.spare)
    return {
      holders: unique.takeHolders(),
      links: lists.links(),
      missing: lists.missing(),
      failed: this.#failed,
      coverage: this.#coverage.result(),
    }
  }

  #visit(object: ReadObject): void {
    this.#attend()
    if (object.type !== 'tree') return
    const { lists, unique, reader } = this.#means
    this.#coverage.read(object.size)
    if (!lists.add(object, unique, reader.spare)) this.#failed.push([object.number, 'corrupt-object'])
  }
}
