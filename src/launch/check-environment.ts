import { UserError } from '../errors.ts'
import type { Variables } from './assemble-environment.ts'
import { isDangerousName } from './dangerous-names.ts'

/** What the system takes, in bytes. */
export interface SystemLimits {
  /** Of one `NAME=value` or argument, with the byte that ends it. */
  text: number
  /** Of all arguments and variables. */
  total: number
}

/** What comes from the store, a template or a file. @throws UserError that names all that is wrong with it */
export function checkVariables(given: Variables, { allowed }: { allowed: readonly string[] }): void {
  const names = Object.keys(given)
  refuse(
    names.filter(name => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)),
    'no name of a variable',
    'Letters, digits and underscores make one, no digit first. Give the entry a name in a template, or leave it out with --except.',
  )
  refuse(
    names.filter(name => isDangerousName(name) && !allowed.includes(name)),
    'dangerous: by it a vault could run code in the program',
    name => `Leave it out with --except, or say --allow-dangerous ${name}.`,
  )
  refuse(
    names.filter(name => given[name]?.includes('\0')),
    'a value with a NUL byte, which no environment can hold',
    'Leave it out with --except; bytes are better handed over in a file.',
  )
}

/** @throws UserError where the system would refuse to start the program with E2BIG */
export function checkSizes(variables: Variables, command: readonly string[], limits: SystemLimits): void {
  const texts = Object.entries(variables).map(([name, value]) => ({ name, size: sizeOf(`${name}=${value}`) }))
  refuse(
    texts.filter(({ size }) => size > limits.text).map(({ name }) => name),
    `too large: the system takes ${limits.text - 1} bytes for a name with its value`,
    'Leave it out with --except, and hand it over in a file.',
  )
  const all = [...texts.map(({ size }) => size), ...command.map(sizeOf)]
  // Each text has a pointer to it.
  const total = all.reduce((sum, size) => sum + size + 8, 0)
  if (total > limits.total)
    throw new UserError(
      `the environment is too large: ${total} bytes, and the system takes ${limits.total} with the command's arguments`,
      'Hand over less: --only, --except, --no-inherit.',
    )
}

function sizeOf(text: string): number {
  return Buffer.byteLength(text) + 1
}

function refuse(names: readonly string[], what: string, hint: string | ((names: string) => string)): void {
  if (names.length === 0) return
  const listed = names.map(name => JSON.stringify(name)).join(', ')
  throw new UserError(
    `${listed} ${names.length === 1 ? 'is' : 'are'} ${what}`,
    typeof hint === 'string' ? hint : hint(names.join(',')),
  )
}
