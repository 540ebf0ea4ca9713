import { expect, test } from 'vitest'
import { startRandomHistory } from '../support/random-history.ts'
import { runCli } from '../support/run-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

const RUNS = 5

interface Place {
  kind: string
  commit?: string
  path?: string
}

/** Secrets, and the commits and paths that brought them. */
function scan(directory: string, cache: string, ...args: string[]) {
  const { stdout, stderr } = runCli(['scan', '--history', ...args, '--format', 'json', '--show-secrets'], {
    cwd: directory,
    env: { XDG_CACHE_HOME: cache },
  })
  expect(stderr).toBe('')
  const { findings, coverage } = JSON.parse(stdout)
  expect(coverage.complete).toBe(true)
  const secrets: string[] = findings.map(({ secret }: { secret: string }) => secret)
  const places: string[] = findings.flatMap(({ secret, places }: { secret: string; places: Place[] }) => [
    ...new Set(
      places.filter(({ kind }) => kind === 'commit').map(({ commit, path }) => `${commit} ${path} ${secret}`),
    ),
  ])
  return { secrets, places }
}

test.each([
  [31, false, 'sha1'],
  [32, false, 'sha256'],
  [33, true, 'sha1'],
])(
  'scans of what is new tell together what one scan of all tells: random history %i',
  (seed, prune, hash) => {
    const cache = makeDirectory()
    const { directory, grow } = startRandomHistory(seed, { prune, hash })
    const secrets = new Set<string>()
    const places: string[] = []
    for (let run = 0; run < RUNS; run++) {
      grow(8)
      const found = scan(directory, cache, '--incremental')
      for (const secret of found.secrets) secrets.add(secret)
      places.push(...found.places)
    }
    const whole = scan(directory, cache)
    expect(whole.places.length).toBeGreaterThan(20)
    const isLeft = (place: string) => whole.places.includes(place)
    // What came and was dropped again between two scans is known to none; what a reset or a collection dropped, to the earlier ones.
    expect(places.filter(isLeft).sort()).toEqual(whole.places.sort())
    expect(whole.secrets.filter(secret => !secrets.has(secret))).toEqual([])
    if (!prune) expect([...secrets].filter(secret => !whole.secrets.includes(secret))).toEqual([])
  },
  120_000,
)
