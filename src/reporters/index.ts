import { human } from './human.ts'
import { json } from './json.ts'
import { jsonl } from './jsonl.ts'
import type { Reporter } from './reporter.ts'
import { sarif } from './sarif.ts'

export const reporters = { human, json, jsonl, sarif } satisfies Record<string, Reporter>

export type Format = keyof typeof reporters

export const formats = Object.keys(reporters)

export function isFormat(name: string): name is Format {
  return Object.hasOwn(reporters, name)
}
