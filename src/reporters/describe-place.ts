import type { Place, Removal } from '../model.ts'
import { printable } from './printable.ts'

/** Where it is, in one line that editors can jump to: `src/a.ts:3:14`. */
export function describePlace(place: Place): string {
  const at = place.line === undefined ? '' : `:${place.line}:${place.column ?? 1}`
  switch (place.kind) {
    case 'file':
      return printable(place.path) + at
    case 'commit':
      return `${printable(place.path)}${at} in commit ${place.commit.slice(0, 12)} of ${place.date.slice(0, 10)} by ${printable(place.author)}${place.inHead ? '' : describeRemoval(place.removedBy)}`
    case 'message':
      return `message of ${place.objectType} ${place.object.slice(0, 12)}${at}`
    case 'object':
      return `${place.path ? printable(place.path) : 'object'}${at} in object ${place.object.slice(0, 12)}${place.reachable ? '' : ', not reachable'}`
    case 'layer':
      return `${printable(place.path)}${at} in layer ${shorten(place.layer)} of ${printable(place.image)}${describeBase(place)}${place.published ? ', of a published package' : ''}, ${place.deletedLater ? 'deleted by a later layer' : 'visible in the image'}`
    case 'image-config':
      return `${printable(place.field)} of the configuration of ${printable(place.image)}`
  }
}

/** The last removal is the one since which HEAD is clean. */
function describeRemoval(removedBy: readonly Removal[] | undefined): string {
  const last = removedBy?.at(-1)
  if (!last) return ', not in HEAD'
  return `, removed by ${last.commit.slice(0, 12)} of ${last.date.slice(0, 10)}`
}

function describeBase({ inBaseImage, baseImage }: Extract<Place, { kind: 'layer' }>): string {
  if (!inBaseImage) return ''
  return `'s base image${baseImage ? ` ${printable(baseImage)}` : ''}`
}

/** As long as Docker shows it. */
function shorten(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12)
}
