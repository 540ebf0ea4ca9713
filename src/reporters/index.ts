import { csv } from './csv.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import { human } from './human.ts'
import { json } from './json.ts'
import { jsonl } from './jsonl.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import type { Reporter } from './reporter.ts'
import { sarif } from './sarif.ts'

export const reporters = { csv, github, gitlab, human, json, jsonl, junit, markdown, sarif } satisfies Record<
  string,
  Reporter
>

export type Format = keyof typeof reporters

export const formats = Object.keys(reporters)

export function isFormat(name: string): name is Format {
  return Object.hasOwn(reporters, name)
}
