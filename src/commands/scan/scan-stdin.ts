import { openContent } from '../../sources/open-content.ts'
import { readStdin } from '../../sources/stdin.ts'
import { archiveLimitsOf } from './archive-limits.ts'
import type { SourceScan } from './scan-run.ts'

export const scanStdin: SourceScan = async ({ request, context, coverage, scanContent, add }) => {
  const target = request.stdinFilename ?? 'stdin'
  const content = await readStdin(context.stdin, target, coverage)
  await openContent(content, archiveLimitsOf(request), coverage, part => add(scanContent(part)))
  return { kind: 'stdin', target }
}
