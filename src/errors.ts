/** Exit codes are a promise: 0 clean, 1 findings, 2 trouble. */
export const ExitCode = { clean: 0, findings: 1, trouble: 2 } as const

/**
 * An error the user can act on. `message` says what happened and names the thing;
 * `hint` says what to do next. Neither ever holds a secret's value.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError'
  readonly hint: string
  readonly exitCode: number

  constructor(message: string, hint: string, options: { exitCode?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.hint = hint
    this.exitCode = options.exitCode ?? ExitCode.trouble
  }
}
