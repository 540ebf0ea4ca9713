import { UserError } from '../errors.ts'

/** A pattern that cannot be read, or that asks for something we do not run. */
export class RegexSyntaxError extends UserError {
  /** Where in the pattern, in UTF-16 code units from 0. */
  readonly offset: number

  constructor(
    problem: string,
    offset: number,
    hint = 'Patterns are written in RE2 syntax; see docs/rules.md.',
  ) {
    super(`Regular expression: ${problem} at offset ${offset}`, hint)
    this.offset = offset
  }
}
