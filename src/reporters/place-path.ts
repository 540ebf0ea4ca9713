import type { Place } from '../model.ts'

/** The file that a place is in, as far as it has one, else the object or image that stands for it. */
export function pathOfPlace(place: Place): string {
  switch (place.kind) {
    case 'file':
    case 'commit':
    case 'layer':
      return place.path
    case 'object':
      return place.path ?? `object ${place.object}`
    case 'message':
      return `${place.objectType} ${place.object}`
    case 'image-config':
      return `${place.image} ${place.field}`
  }
}
