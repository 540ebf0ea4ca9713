import type { Place, Secret } from '../../model.ts'
import type { FoundMatch } from './blob-scans.ts'

/** Where a secret is itself part of a file's name or of an author's, it is masked there: reports show those in clear. */
export function maskPlaces<Found extends FoundMatch>(
  matches: readonly Found[],
  exposed: readonly Secret[],
): Found[] {
  if (exposed.length === 0) return [...matches]
  return matches.map(match => ({
    ...match,
    path: mask(match.path, exposed),
    place: maskPlace(match.place, exposed),
  }))
}

function maskPlace(place: Place, exposed: readonly Secret[]): Place {
  const masked = { ...place }
  if ('author' in masked) masked.author = mask(masked.author, exposed)
  if ('branches' in masked && masked.branches)
    masked.branches = masked.branches.map(name => mask(name, exposed))
  if ('removedBy' in masked && masked.removedBy)
    masked.removedBy = masked.removedBy.map(removal => ({
      ...removal,
      author: mask(removal.author, exposed),
    }))
  if ('path' in masked && masked.path !== undefined) {
    const path = mask(masked.path, exposed)
    if (path !== masked.path && 'pathBytes' in masked) delete masked.pathBytes
    masked.path = path
  }
  return masked
}

function mask(text: string, exposed: readonly Secret[]): string {
  return exposed.reduce((masked, secret) => masked.replaceAll(secret.reveal(), secret.masked), text)
}
