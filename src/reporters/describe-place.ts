import type { Place } from '../model.ts'
import { printable } from './printable.ts'

/** Where it is, in one line that editors can jump to: `src/a.ts:3:14`. */
export function describePlace(place: Place): string {
  const at = place.line === undefined ? '' : `:${place.line}:${place.column ?? 1}`
  switch (place.kind) {
    case 'file':
      return printable(place.path) + at
    case 'commit':
      return `${printable(place.path)}${at} in commit ${place.commit.slice(0, 12)} of ${place.date.slice(0, 10)} by ${printable(place.author)}${place.inHead ? '' : ', not in HEAD'}`
    case 'message':
      return `message of ${place.objectType} ${place.object.slice(0, 12)}${at}`
    case 'object':
      return `${place.path ? printable(place.path) : 'object'}${at} in object ${place.object.slice(0, 12)}${place.reachable ? '' : ', not reachable'}`
    case 'layer':
      return `${printable(place.path)}${at} in layer ${place.layer.slice(0, 19)}${place.deletedLater ? ', deleted by a later layer' : ''}`
    case 'image-config':
      return `${printable(place.field)} of the image's configuration`
  }
}
