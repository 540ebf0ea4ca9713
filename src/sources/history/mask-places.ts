import type { Place, Secret } from '../../model.ts'
import type { FoundMatch } from './blob-scans.ts'

/** Where a secret is itself part of a file's name or of an author's, it is masked there: reports show those in clear. */
export function maskPlaces<Found extends FoundMatch>(
  matches: readonly Found[],
  exposed: readonly Secret[],
): Found[] {
  if (exposed.length === 0) return [...matches]
  const masks = new Map(exposed.map(secret => [secret.reveal(), secret]))
  return matches.map(match => ({
    ...match,
    path: mask(match.path, masks),
    place: maskPlace(match.place, masks),
  }))
}

/** Value → the secret, whose masked form takes a while to make. */
type Masks = ReadonlyMap<string, Secret>

function maskPlace(place: Place, masks: Masks): Place {
  const masked = { ...place }
  if ('author' in masked) masked.author = mask(masked.author, masks)
  if ('branches' in masked && masked.branches)
    masked.branches = masked.branches.map(name => mask(name, masks))
  if ('removedBy' in masked && masked.removedBy)
    masked.removedBy = masked.removedBy.map(removal => ({
      ...removal,
      author: mask(removal.author, masks),
    }))
  if ('path' in masked && masked.path !== undefined) {
    const path = mask(masked.path, masks)
    if (path !== masked.path && 'pathBytes' in masked) delete masked.pathBytes
    masked.path = path
  }
  return masked
}

function mask(text: string, masks: Masks): string {
  let masked = text
  // A text for `$&` in what is put in would be the secret itself.
  for (const [value, secret] of masks)
    if (masked.includes(value)) masked = masked.replaceAll(value, () => secret.masked)
  return masked
}
