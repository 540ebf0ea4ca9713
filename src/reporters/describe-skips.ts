import { isHarmless } from '../coverage.ts'
import type { Coverage } from '../model.ts'
import { formatBytes } from './format-bytes.ts'
import { printable } from './printable.ts'

/** What was not read although it should have been, a line a reason: `too large: 2, 5.0 GB: big.bin, …`. */
export function describeSkips({ skipped }: Coverage): string[] {
  return skipped
    .filter(skip => !isHarmless(skip))
    .map(({ reason, count, bytes, examples }) => {
      const size = bytes ? `, ${formatBytes(bytes)}` : ''
      const more = count > examples.length ? ', …' : ''
      return `${reason.replaceAll('-', ' ')}: ${count}${size}: ${examples.map(printable).join(', ')}${more}`
    })
}
