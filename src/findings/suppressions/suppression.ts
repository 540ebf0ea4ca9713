import type { SourceKind } from '../../model.ts'
import type { NamedMatch } from '../name-matches.ts'

/** One statement of a person that something found is no news. */
export interface Suppression {
  /** Where it stands and what it says, as people are told of it: `.stanchignore:3: rule:npm-token`. */
  label: string
  state: 'allowed' | 'baseline'
  /** The last day on which it holds: `2027-01-31`. */
  until?: string
  /** Covers the finding of this name; `covers` is then asked for its matches only. */
  fingerprint?: string
  /** Sources in which it may cover anything; absent: all. */
  sources?: readonly SourceKind[]
  covers: (match: NamedMatch, rule: string) => boolean
}
