/**
 * Compares what `scan --history` takes for possible holders of a secret with a search of every blob in full.
 * Usage: npx tsx bench/history/exactness.ts REPOSITORY…
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { scanDefaults } from '../../src/commands/scan/complete-request.ts'
import { createContentScanner } from '../../src/commands/scan/content-scanner.ts'
import { createLineProbe } from '../../src/commands/scan/line-probe.ts'
import { readBuiltRules } from '../../src/commands/scan/load-rules.ts'
import { makeKernel } from '../../src/commands/scan/make-kernel.ts'
import { CoverageTally } from '../../src/coverage.ts'
import { Catalog } from '../../src/git/catalog.ts'
import { CorruptObjectError } from '../../src/git/git-object.ts'
import { ObjectStore } from '../../src/git/object-store.ts'
import { planJobs } from '../../src/git/plan-jobs.ts'
import { findRepository } from '../../src/git/repository.ts'
import { compileKernel } from '../../src/kernel/load-kernel.ts'
import { HistoryThread } from '../../src/sources/history/history-thread.ts'
import { partsOf, type RunHistoryWork } from '../../src/sources/history/history-work.ts'
import { probeHere } from '../../src/sources/history/probe.ts'
import { lookAgain, searchRest, searchTexts } from '../../src/sources/history/search-objects.ts'

const built = (name: string) => readFileSync(new URL(`../../dist/${name}`, import.meta.url))
const rules = readBuiltRules()
const { program } = rules
const module = compileKernel(built('search.wasm'))
const kernel = makeKernel(rules, module)
const selection = { ...scanDefaults, only: [], skip: [], minSeverity: 'low' as const }
const scan = createContentScanner(program, kernel, selection, new CoverageTally())

/** All in this thread. */
const run: RunHistoryWork = async (work, local) => {
  const count = partsOf(work).reduce((sum, jobs) => sum + jobs.count, 0)
  for (let job = 0; job < count; job++) await local.run(job)
  return { results: [local.result()], lost: [] }
}

for (const path of process.argv.slice(2)) await check(path)

async function check(path: string): Promise<void> {
  const repository = findRepository(path)
  if (!repository) throw new Error(`${path} is no repository`)
  const store = new ObjectStore(repository)
  const catalog = Catalog.of(store)
  const probe = probeHere(createLineProbe(rules, module, selection))
  const wasm = new WebAssembly.Module(built('git.wasm'))
  const thread = new HistoryThread(catalog, probe, { wasm, store, key: 0x5eedn })
  const jobs = planJobs(catalog, ['blob', 'commit', 'tag'])
  let clock = performance.now()
  const means = { thread, run, coverage: new CoverageTally() }
  const found = await searchTexts(
    { kind: 'text', jobs, hash: repository.hash, maxFileSize: 2 ** 31, select: undefined, known: undefined },
    means,
  )
  const { searched } = thread.texts.unique
  const wanted = new Set([...found.texts, ...found.opaque])
  const trees = planJobs(catalog, ['tree'])
  const again = { texts: lookAgain(found, jobs, thread), select: undefined, wanted: Uint32Array.from(wanted) }
  for (const number of (await searchRest({ kind: 'rest', jobs: trees, ...again }, means)).empty)
    wanted.delete(number)
  const searchMs = performance.now() - clock

  clock = performance.now()
  const paths = listPaths(path)
  const totals = { blobs: 0, holding: 0, matches: 0, missed: 0 }
  const missed = new Map<string, string[]>()
  const everything = new HistoryThread(catalog, probe, { wasm, store, key: 0n }).texts
  for (let job = 0; job < jobs.count; job++) {
    everything.reader.read(jobs, job, {
      visit({ number, type, address, size }) {
        if (type !== 'blob') return
        const bytes = everything.core.bytes.slice(address, address + size)
        const id = catalog.idOf(number)
        const name = paths.get(id) ?? ''
        const found = scan({ bytes, path: name, origin: { kind: 'file', path: name, tracked: true } })
        totals.blobs++
        if (found.length === 0) return
        totals.holding++
        totals.matches += found.length
        if (wanted.has(number)) return
        totals.missed++
        const rules = [
          ...new Set(found.map(({ rule, decoded }) => `${program.rules[rule]?.id} ${decoded.join('+')}`)),
        ]
        for (const rule of rules)
          missed.set(rule, [...(missed.get(rule) ?? []), `${id} ${name}:${found[0]?.span.line}`])
      },
      fail() {},
    })
  }
  const fullMs = performance.now() - clock
  console.log(
    JSON.stringify({
      path,
      ...totals,
      wanted: wanted.size,
      searchMs: Math.round(searchMs),
      fullMs: Math.round(fullMs),
      memory: Math.round(process.memoryUsage().rss / 1e6),
      searched: (searched / 1e6) | 0,
    }),
  )
  for (const [rule, places] of missed) console.log(' ', rule, places.length, places.slice(0, 3).join(' '))
}

/** Blob → a path. */
function listPaths(repository: string): Map<string, string> {
  try {
    const text = execFileSync(
      'git',
      ['-C', repository, 'rev-list', '--all', '--objects', '--missing=allow-any'],
      { maxBuffer: 2 ** 30 },
    )
    return new Map(
      text
        .toString('utf8')
        .split('\n')
        .map(line => [line.slice(0, 40), line.slice(41)]),
    )
  } catch (error) {
    if (error instanceof CorruptObjectError) return new Map()
    throw error
  }
}
