import type { ScanRun } from './scan-run.ts'

/** Has a person told what a thread of the scan died of; with `--verbose` all of it. */
export function createDeathNotice({
  context,
  request,
}: Pick<ScanRun, 'context' | 'request'>): (error: unknown) => void {
  return error => context.warn?.(describeDeath(error, request.explain))
}

/**
 * What a thread died of, for whoever mends it: what it was doing is done once more, and what is lost stands in the report.
 * Messages of errors may quote what is scanned, so the kind of error is told, and if `isWhole` where it was thrown.
 */
export function describeDeath(error: unknown, isWhole = false): string {
  const { name, stack = '' } = error instanceof Error ? error : { name: typeof error }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const places = isWhole ? stack.split('\n').filter(line => /^ {4}at /.test(line)) : []
  return [`a thread died of ${code ?? name}, its work is done again`, ...places].join('\n')
}
