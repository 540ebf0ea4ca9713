import type { Dialect } from './dialect.ts'
import { compose } from './dialects/compose.ts'
import { docker } from './dialects/docker.ts'
import { dotenv } from './dialects/dotenv.ts'
import { dotenvExpand } from './dialects/dotenv-expand.ts'
import { node } from './dialects/node.ts'
import { php } from './dialects/php.ts'
import { python } from './dialects/python.ts'
import { ruby } from './dialects/ruby.ts'
import { sh } from './dialects/sh.ts'
import { systemd } from './dialects/systemd.ts'

/** How each program reads .env text, by the name that `--dialect` takes. */
export const dialects = {
  compose,
  docker,
  dotenv,
  'dotenv-expand': dotenvExpand,
  node,
  php,
  python,
  ruby,
  sh,
  systemd,
} satisfies Record<string, Dialect>

export type DialectName = keyof typeof dialects

export const dialectNames = Object.keys(dialects)

export function isDialect(name: string): name is DialectName {
  return Object.hasOwn(dialects, name)
}
