import type { PlacedMatch } from '../../findings/collect-findings.ts'

/** As of the repository around a submodule. */
export function moveBelow(name: string, match: PlacedMatch): PlacedMatch {
  const { place } = match
  const move = (path: string) => `${name}/${path}`
  const isPlain = place.kind === 'commit' || place.kind === 'object' || place.kind === 'file'
  if (!isPlain || place.path === undefined) return match
  const { pathBytes, ...rest } = { pathBytes: undefined, ...place }
  const bytes = pathBytes && Buffer.concat([Buffer.from(`${name}/`), Buffer.from(pathBytes, 'base64')])
  const moved = { ...rest, path: move(place.path), ...(bytes && { pathBytes: bytes.toString('base64') }) }
  return { ...match, path: move(match.path), place: moved as PlacedMatch['place'] }
}
