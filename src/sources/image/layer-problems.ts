import { CorruptArchive, isArchiveProblem, LimitReached } from '../../archive/problems.ts'
import { UserError } from '../../errors.ts'
import type { SkipReason } from '../../model.ts'
import { DigestMismatch, MissingBlob } from '../../oci/problems.ts'

/**
 * What is wrong with a layer.
 * @throws what is no fault of the layer
 */
export function explainProblem(error: unknown): { reason: SkipReason; note: string } {
  // Decoders take whatever comes out of the stream below them for a fault in its bytes.
  const cause = isArchiveProblem(error) ? error.cause : undefined
  const origin = [cause, error].find(isLayerProblem)
  if (!origin) throw error
  if (origin instanceof MissingBlob) return { reason: 'missing-object', note: 'not there' }
  return { reason: reasonOf(origin), note: origin.message }
}

function isLayerProblem(error: unknown): error is Error {
  return (
    error instanceof DigestMismatch ||
    error instanceof MissingBlob ||
    error instanceof UserError ||
    isArchiveProblem(error)
  )
}

function reasonOf(problem: Error): SkipReason {
  if (problem instanceof DigestMismatch) return 'corrupt-object'
  if (problem instanceof LimitReached) return 'archive-limit'
  if (problem instanceof CorruptArchive) return 'corrupt-archive'
  return problem instanceof UserError ? 'unreadable' : 'unsupported-archive'
}
