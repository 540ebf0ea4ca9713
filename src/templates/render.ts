import { UserError } from '../errors.ts'
import type { Evaluated } from './evaluate.ts'
import { type Quoted, quoteValue } from './quote-value.ts'

/** What becomes of a template's line: it stays, gets another value, or is left out with a remark in its place. */
export type RenderedLine =
  | { kind: 'same' }
  | { kind: 'value'; quoted: Quoted }
  | { kind: 'remark'; text: string }

/**
 * Static lines stay as they are, byte for byte.
 * @throws UserError for a value that no .env text can express
 */
export function renderLine({ assignment, value, missing }: Evaluated): RenderedLine {
  const { key, line, isPlain } = assignment
  const lost = missing.map(({ text }) => text).join(', ')
  if (value === undefined) return { kind: 'remark', text: `# ${key} is left out: there is no ${lost}` }
  if (isPlain) return { kind: 'same' }
  const quoted = quoteValue(value.reveal())
  if (quoted) return { kind: 'value', quoted }
  throw new UserError(
    `line ${line}: the value of ${key} cannot be written as .env text`,
    'It holds several kinds of quotes or unusual line ends; hand it over with "stanch run" instead.',
  )
}
