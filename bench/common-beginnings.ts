/**
 * Counts how often the beginnings of the rules' literals stand in source trees and prints src/rules/common-beginnings.ts.
 *
 *   npx tsx bench/common-beginnings.ts DIR… > src/rules/common-beginnings.ts
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readBuiltInRules } from '../src/commands/rule-files.ts'
import { decoderLiterals } from '../src/engine/decoding/index.ts'
import { foldCase } from '../src/kernel/fold-case.ts'
import { compileProgram } from '../src/rules/compile-program.ts'

/** A beginning that stands at fewer places in 2^16 than one is rare. */
const RARE_BITS = 16
const SHORTEST = 3
const MOST_BYTES = 1_000_000
const LINE = 105

interface Node {
  text: string
  count: number
  next: (Node | undefined)[]
}

const root: Node = { text: '', count: 0, next: [] }
for (const literal of compileProgram(readBuiltInRules(), decoderLiterals).literals) grow(literal)
let total = 0
for (const directory of process.argv.slice(2)) {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) count(readFileSync(join(entry.parentPath, entry.name)))
  }
}
print(listCommon(root))

function grow(literal: string): void {
  let node = root
  for (const byte of Buffer.from(literal, 'latin1')) {
    const folded = foldCase(byte)
    node = node.next[folded] ??= { text: node.text + String.fromCharCode(folded), count: 0, next: [] }
  }
}

function count(bytes: Uint8Array): void {
  if (bytes.length > MOST_BYTES || bytes.subarray(0, 8000).includes(0)) return
  total += bytes.length
  for (let from = 0; from < bytes.length; from++) {
    let node = root.next[foldCase(bytes[from]!)]
    for (let at = from + 1; node; at++) {
      node.count++
      node = at < bytes.length ? node.next[foldCase(bytes[at]!)] : undefined
    }
  }
}

function listCommon(node: Node): string[] {
  const isListed = node.text.length >= SHORTEST && node.count > total / 2 ** RARE_BITS && node.next.length > 0
  return [...(isListed ? [node.text] : []), ...node.next.flatMap(next => (next ? listCommon(next) : []))]
}

function print(beginnings: readonly string[]): void {
  if (beginnings.some(text => text.includes('|'))) throw new Error('a beginning holds the separator')
  const lines = ['']
  for (const text of beginnings) {
    if (lines.at(-1)!.length + text.length > LINE) lines.push('')
    lines[lines.length - 1] += `${text}|`
  }
  console.log(`/**
 * Beginnings of literals that stand in source text at more than one place in 2^${RARE_BITS}, counted by bench/common-beginnings.ts over
 * ${Math.round(total / 1e6)} MB. A literal that came to the rules since may have others: they make the search slower and change nothing else.
 */
const common =`)
  console.log(lines.map(line => `  ${JSON.stringify(line)}`).join(' +\n'))
  console.log(`\nexport const commonBeginnings: ReadonlySet<string> = new Set(common.split('|'))`)
}
