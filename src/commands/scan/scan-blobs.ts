import type { PlacedMatch } from '../../findings/collect-findings.ts'
import type { BlobUnit } from '../../sources/history/read-blob.ts'
import type { ScanRun } from './scan-run.ts'
import { scanUnits } from './scan-units.ts'
import type { UnitReader } from './unit-readers.ts'

/** Eight go into a batch for a thread: what they weigh is not known before they are read, and some are documents. */
const BLOB_WEIGHT = 128 * 1024
/** So many take longer than a thread takes to start. */
const MANY_BLOBS = 4096

/** Searches blobs of a history on all cores where that pays. */
export async function scanBlobs(
  run: ScanRun,
  units: readonly BlobUnit[],
  read: UnitReader<BlobUnit>,
): Promise<PlacedMatch[]> {
  const found: PlacedMatch[] = []
  await scanUnits(
    { ...run, add: matches => void found.push(...matches) },
    {
      ...{ kind: 'history', units },
      createReader: () => read,
      weigh: () => BLOB_WEIGHT,
      nameOf: ({ id }) => id,
      isLarge: units.length >= MANY_BLOBS,
    },
  )
  return found
}
