import type { PlacedMatch } from '../../../findings/collect-findings.ts'
import { type Secret, WithheldSecret } from '../../../model.ts'
import type { Image, Layer } from '../../../oci/image.ts'
import { readHistory } from '../../../sources/image/image-history.ts'
import { hides, type LayerChanges } from '../../../sources/image/layer-changes.ts'
import type { KnownLayer } from './known-layers.ts'

/** Says of every match in which image it is, which instruction brought it there, and whether it can still be seen. */
export function placeMatches(
  image: Image,
  resultOf: (layer: Layer) => KnownLayer | undefined,
): PlacedMatch[] {
  const history = readHistory(image)
  const results = image.layers.map(resultOf)
  const found = image.layers.flatMap((layer, i) => {
    const { createdBy, isBase } = history[i] ?? { isBase: false }
    const later = results.slice(i + 1).flatMap(result => (result ? [result.changes] : []))
    return placeLayer(image.name, layer, results[i], later).map(match => ({
      ...match,
      place: {
        ...match.place,
        ...(createdBy === undefined ? {} : { createdBy }),
        ...(isBase ? { inBaseImage: true, ...(image.base?.name ? { baseImage: image.base.name } : {}) } : {}),
      },
    }))
  })
  const about = image.attachments.flatMap(layer => placeLayer(image.name, layer, resultOf(layer), []))
  return [...found, ...about]
}

function placeLayer(
  image: string,
  { digest, diffId }: Layer,
  result: KnownLayer | undefined,
  later: readonly LayerChanges[],
): PlacedMatch[] {
  if (!result) return []
  return result.matches.flatMap(match =>
    namesOf(match.path, result.links).map(path => ({
      ...match,
      place: {
        ...match.place,
        kind: 'layer' as const,
        image,
        layer: digest,
        diffId,
        path,
        deletedLater: later.some(changes => isHidden(changes, path)),
      },
    })),
  )
}

/** A file has a name for each of its hard links. */
function namesOf(path: string, links: KnownLayer['links']): string[] {
  const [outer = ''] = path.split('!', 1)
  const others = links.filter(({ target }) => target === outer || target === path)
  return [path, ...others.map(link => link.path + (link.target === path ? '' : path.slice(outer.length)))]
}

/** Only the file that an archive is in can be deleted. */
function isHidden(changes: LayerChanges, path: string): boolean {
  return hides(changes, path) || (path.includes('!') && hides(changes, path.split('!', 1)[0] ?? ''))
}

/** Instructions are shown in clear, and so are names of files: secrets in them are masked. */
export function maskPlaces(matches: readonly PlacedMatch[]): PlacedMatch[] {
  const masked = new Map(matches.flatMap(revealed).map(secret => [secret.reveal(), secret.masked]))
  const maskAll = (text: string) => {
    let shown = text
    for (const [value, mask] of masked)
      if (value !== '' && shown.includes(value)) shown = shown.replaceAll(value, () => mask)
    return shown
  }
  // Many places share an instruction.
  const known = new Map<string, string>()
  const mask = (text: string) => {
    const shown = known.get(text) ?? maskAll(text)
    known.set(text, shown)
    return shown
  }
  return matches.map(match => {
    const { place } = match
    if (place.kind !== 'layer') return match
    const { createdBy } = place
    return {
      ...match,
      place: {
        ...place,
        path: mask(place.path),
        ...(createdBy === undefined ? {} : { createdBy: mask(createdBy) }),
      },
    }
  })
}

function revealed({ secret }: PlacedMatch): Secret[] {
  return secret instanceof WithheldSecret ? [] : [secret]
}
