/**
 * Times whole commands in turn, A B C A B C …, so that a comparison holds when the machine's speed drifts, and prints
 * medians with the ratio to the first one.
 *
 *   npx tsx bench/compare.ts [--runs N] --name LABEL 'command' --name LABEL 'command' …
 */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

interface Run {
  wall: number
  cpu: number
  /** Peak resident memory of the largest process, MB. */
  memory: number
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' }, name: { type: 'string', multiple: true, default: [] } },
})
compare(
  values.name.map((name, i) => [name, positionals[i] ?? '']),
  Number(values.runs),
)

function compare(commands: [string, string][], runs: number): void {
  const results = new Map(commands.map(([name]) => [name, [] as Run[]]))
  for (let round = 0; round <= runs; round++) {
    for (const [name, command] of commands) {
      const run = time(command)
      // The first round warms the page cache.
      if (round > 0) results.get(name)?.push(run)
    }
  }
  const width = Math.max(...commands.map(([name]) => name.length))
  const first = [...results.values()][0] ?? []
  console.log(`${'command'.padEnd(width)}  wall s  cpu s  MB     ×wall  ×cpu   (median of ${runs})`)
  for (const [name, list] of results) {
    const [wall, cpu, memory] = [median(list, 'wall'), median(list, 'cpu'), median(list, 'memory')]
    const ratios = [wall / median(first, 'wall'), cpu / median(first, 'cpu')].map(ratio =>
      ratio.toFixed(2).padEnd(5),
    )
    console.log(
      `${name.padEnd(width)}  ${wall.toFixed(3)}   ${cpu.toFixed(3)}  ${memory.toFixed(0).padEnd(5)}  ${ratios.join('  ')}`,
    )
  }
}

/** GNU time accounts for the whole tree of processes. */
function time(command: string): Run {
  const { stderr } = spawnSync(
    '/usr/bin/time',
    ['-f', 'stanch-bench %e %U %S %M', 'sh', '-c', `exec 2>&1 >/dev/null; ${command}`],
    {
      encoding: 'utf8',
      env: { ...process.env, NODE_EXTRA_CA_CERTS: undefined },
    },
  )
  const figures = /stanch-bench ([\d.]+) ([\d.]+) ([\d.]+) (\d+)/.exec(stderr)?.slice(1).map(Number)
  if (!figures) throw new Error(`cannot time "${command}": install GNU time (apt-get install time)`)
  const [wall = 0, user = 0, system = 0, kilobytes = 0] = figures
  return { wall, cpu: user + system, memory: kilobytes / 1024 }
}

function median(runs: readonly Run[], figure: keyof Run): number {
  const sorted = runs.map(run => run[figure]).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
