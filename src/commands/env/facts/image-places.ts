import { isEnvName, isTemplateName } from '../../../hygiene/file-names.ts'
import { baseOf } from '../../../hygiene/problem.ts'
import type { Place } from '../../../model.ts'

/** Whether an env file with values lies there. */
export function isEnvPlace(place: Place): boolean {
  const base = place.kind === 'layer' ? baseOf(place.path) : ''
  return isEnvName(base) && !isTemplateName(base)
}

export function describeImagePlace(place: Place): { path: string; line?: number } {
  if (place.kind === 'image-config') return { path: `${place.image}: ${place.field}` }
  const path = place.kind === 'layer' ? `${place.image}: ${place.path}` : ''
  return { path, ...(place.line === undefined ? {} : { line: place.line }) }
}
