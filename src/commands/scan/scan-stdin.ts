import { readStdin } from '../../sources/stdin.ts'
import type { SourceScan } from './scan-run.ts'

export const scanStdin: SourceScan = async ({ request, context, coverage, scanContent, add }) => {
  const target = request.stdinFilename ?? 'stdin'
  add(scanContent(await readStdin(context.stdin, target, coverage)))
  return { kind: 'stdin', target }
}
