import type { Sighting } from '../../../hygiene/facts.ts'
import type { Finding } from '../../../model.ts'
import { completeRequest } from '../../scan/complete-request.ts'
import { runScan } from '../../scan/run-scan.ts'
import type { ScanContext } from '../../scan/scan-run.ts'
import { describeImagePlace, isEnvPlace } from './image-places.ts'

/** A part of a value, such as the password of a URL, that is shorter occurs by chance. */
const SHORTEST_PART = 12

/**
 * What a scan of an image finds of values in use, and in env files of any layer. Layers are read anew: a cache keeps no values.
 * @throws UserError for an image that cannot be read
 */
export async function readImage(
  { image, plainHttp = false }: { image: string; plainHttp?: boolean | undefined },
  values: ReadonlyMap<string, string>,
  nameOf: (digest: string) => string | undefined,
  context: ScanContext,
): Promise<Sighting[]> {
  const plain = { ignoreFile: false, baseline: false, allowComments: false, all: true, cache: false } as const
  const request = completeRequest({ paths: [], image, plainHttp, ...plain }, undefined, context.cwd)
  const { findings } = await runScan(request, context)
  return findings.flatMap(finding => toSightings(finding, values, nameOf))
}

function toSightings(
  { secret, places }: Finding,
  values: ReadonlyMap<string, string>,
  nameOf: (digest: string) => string | undefined,
): Sighting[] {
  const found = secret.reveal()
  const [digest = '', key] =
    [...values].flatMap(([digest, value]) => {
      const isSame = value === found || (found.length >= SHORTEST_PART && value.includes(found))
      const name = isSame ? nameOf(digest) : undefined
      return name === undefined ? [] : [[digest, name] as const]
    })[0] ?? []
  return places
    .filter(place => key !== undefined || isEnvPlace(place))
    .map(place => ({ kind: 'image', ...describeImagePlace(place), digest, key: key ?? '' }))
}
