import type { Program } from '../../../program.ts'
import { type FileIdentity, isPublished } from '../../../sources/image/published-files.ts'
import type { LayerResult } from './layer-jobs.ts'

/** What stands in files that published packages brought is no secret of this image's: such matches are allowed. */
export function markPublished(result: LayerResult, { rules }: Program): LayerResult {
  const { published, matches } = result
  const known = new Map<number, FileIdentity>(result.identities)
  return {
    ...result,
    matches: matches.map(({ identity, ...match }) => {
      const own = identity ?? known.get(match.file)
      const provider = rules[match.rule]?.provider ?? ''
      if (match.place.kind !== 'layer' || !own || !isPublished(own, published, provider, match.path))
        return match
      return { ...match, state: 'allowed', place: { ...match.place, published: true } }
    }),
  }
}
