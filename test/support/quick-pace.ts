import type { Pace } from '../../src/vaults/vault.ts'

/** Time that passes only by sleeping, and nobody waits for it. */
export function quickPace(): Pace & { slept: number[] } {
  let now = 0
  const slept: number[] = []
  return {
    slept,
    nowMs: () => now,
    async sleep(ms) {
      slept.push(ms)
      now += ms
    },
    random: () => 1,
  }
}
