import type { Program } from '../../../program.ts'
import { sourceOf } from '../../../sources/image/packages/python.ts'
import { type FileIdentity, isPublished } from '../../../sources/image/published-files.ts'
import type { FileMatch, LayerResult } from './layer-jobs.ts'

/** What stands in files that published packages brought is no secret of this image's: such matches are allowed. */
export function markPublished(result: LayerResult, { rules }: Program): LayerResult {
  const { published, matches } = result
  const known = new Map<number, FileIdentity>(result.identities)
  const marked = matches.map(({ identity, ...match }) => {
    const own = identity ?? known.get(match.file)
    const provider = rules[match.rule]?.provider ?? ''
    return own && isPublished(own, published, provider, match.path) ? allow(match) : match
  })
  return { ...result, matches: markCompiled(marked) }
}

/** A compiled file has the secrets of its source; what else may be in it is its own. */
function markCompiled(matches: readonly FileMatch[]): FileMatch[] {
  const keyOf = (path: string, { secret }: FileMatch) => `${path}\0${secret}`
  const ofSources = new Set(matches.filter(isMarked).map(match => keyOf(match.path, match)))
  return matches.map(match => {
    const source = ofSources.size > 0 ? sourceOf(match.path) : undefined
    return source !== undefined && ofSources.has(keyOf(source, match)) ? allow(match) : match
  })
}

function isMarked({ place }: FileMatch): boolean {
  return place.kind === 'layer' && place.published === true
}

function allow(match: FileMatch): FileMatch {
  const { place } = match
  return place.kind === 'layer' ? { ...match, state: 'allowed', place: { ...place, published: true } } : match
}
