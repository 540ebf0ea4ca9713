import { fingerprintOf } from '../../../findings/fingerprint.ts'
import type { Sighting } from '../../../hygiene/facts.ts'
import type { Place } from '../../../model.ts'
import type { Context } from '../../context.ts'
import { type ReportedFinding, readReport } from '../../read-report.ts'
import { describeImagePlace, isEnvPlace } from './image-places.ts'

/** A value in use: under which key, and its digest. */
interface ValueInUse {
  key: string
  value: string
  digest: string
}

/**
 * What a report of `stanch scan --image` says of values in use, and of env files in any layer. The report holds no values:
 * a strong one is known by its fingerprint; that of a weak one counts with its rule, place and key, so that it is known where the
 * image names the key alike.
 * @throws UserError for what is no report
 */
export async function readImageReport(
  file: string,
  values: readonly ValueInUse[],
  context: Context,
): Promise<Sighting[]> {
  return (await readReport(file, context)).flatMap(finding => toSightings(finding, values))
}

function toSightings(finding: ReportedFinding, values: readonly ValueInUse[]): Sighting[] {
  const places = finding.places.filter(({ kind }) => kind === 'layer' || kind === 'image-config')
  const same = values.find(value => places.some(place => isSame(value, finding, place)))
  return places
    .filter(place => same !== undefined || isEnvPlace(place))
    .map(place => ({
      kind: 'image',
      ...describeImagePlace(place),
      digest: same?.digest ?? '',
      key: same?.key ?? '',
    }))
}

function isSame({ value, key }: ValueInUse, { fingerprint, rule }: ReportedFinding, place: Place): boolean {
  const path = place.kind === 'layer' ? place.path : ''
  return [true, false].some(
    isStrong => fingerprintOf({ secret: value, rule, path, key, isStrong }) === fingerprint,
  )
}
