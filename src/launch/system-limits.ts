import { readFileSync } from 'node:fs'
import type { SystemLimits } from './check-environment.ts'

/**
 * Linux (execve(2)): 32 pages for one text; for all of them a quarter of the stack's limit, at least 32 pages and at most
 * 6 MiB. macOS takes a MiB for all, Windows 32,767 characters for a variable.
 */
export function readSystemLimits(platform: NodeJS.Platform = process.platform): SystemLimits {
  if (platform === 'win32') return { text: 32_767, total: Number.POSITIVE_INFINITY }
  if (platform !== 'linux') return { text: 1 << 20, total: 1 << 20 }
  const quarter = stackLimit() / 4
  return { text: 131_072, total: Math.min(Math.max(quarter, 131_072), 6 << 20) }
}

function stackLimit(): number {
  try {
    const line = /^Max stack size\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'latin1'))
    return line?.[1] === 'unlimited' ? Number.POSITIVE_INFINITY : Number(line?.[1] ?? 8 << 20)
  } catch {
    // No /proc here: the usual limit.
    return 8 << 20
  }
}
