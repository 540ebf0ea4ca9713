/**
 * Counts pairs of letters in the words of source trees and prints the table of src/letter-pairs.ts.
 *
 *   npx tsx bench/quality/letter-pairs.ts DIR…
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const counts = new Float64Array(27 * 27).fill(1)
for (const directory of process.argv.slice(2)) {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && /\.(?:rb|md|py|cc|h|ts|java|go|rst|txt|yml)$/.test(path))
      countPairs(readFileSync(path, 'latin1'))
  }
}
for (let from = 0; from < 27; from++) console.log(`  '${rowOf(from)}',`)

/** camelCase is two words; a word is counted once a file, so that a file of one word does not rule. */
function countPairs(text: string): void {
  const words = text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .match(/[a-z]{3,20}/g)
  for (const word of new Set(words)) {
    const padded = `\`${word}\``
    for (let i = 1; i < padded.length; i++)
      counts[(padded.charCodeAt(i - 1) - 96) * 27 + padded.charCodeAt(i) - 96]! += 1
  }
}

/** Surprise of each pair in halves of a nat, as a letter: a is none. */
function rowOf(from: number): string {
  const row = counts.subarray(from * 27, from * 27 + 27)
  const total = row.reduce((sum, count) => sum + count)
  return [...row]
    .map(count => String.fromCharCode(97 + Math.min(25, Math.round(-2 * Math.log(count / total)))))
    .join('')
}
