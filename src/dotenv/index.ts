import type { Dialect } from './dialect.ts'
import { dotenv } from './dialects/dotenv.ts'
import { node } from './dialects/node.ts'

/** How each program reads .env text, by the name that `--dialect` takes. */
export const dialects = {
  dotenv,
  node,
} satisfies Record<string, Dialect>

export type DialectName = keyof typeof dialects

export const dialectNames = Object.keys(dialects)

export function isDialect(name: string): name is DialectName {
  return Object.hasOwn(dialects, name)
}
