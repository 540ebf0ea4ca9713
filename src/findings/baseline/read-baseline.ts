import type { Suppression } from '../suppressions/suppression.ts'
import { type BaselineEntry, parseBaseline } from './baseline.ts'

/**
 * A baseline as suppressions. What a person judged to be a real leak is not suppressed: it is reported until it is gone.
 * @throws UserError that names file and line
 */
export function readBaseline(name: string, text: string): Suppression[] {
  return parseBaseline(name, text)
    .filter(({ verdict }) => verdict !== 'real')
    .map(entry => toSuppression(name, entry))
}

function toSuppression(name: string, { fingerprint, rule, path, source }: BaselineEntry): Suppression {
  return {
    label: `${name}: ${fingerprint} (${rule} in ${path})`,
    state: 'baseline',
    fingerprint,
    sources: [source],
    covers: () => true,
  }
}
