/**
 * The literals of the built-in rules, one a line, for a floor: `rg -c -a -F -f FILE DIR` searches for as many.
 *
 *   npx tsx bench/print-literals.ts > FILE          after `npm run build`
 */
import { decodeProgram } from '../src/rules/lazy-rules.ts'
import { readBuilt } from '../src/system/assets.ts'

for (const literal of decodeProgram(readBuilt('rules.bin')).literals) {
  const text = Buffer.from(literal).toString('latin1')
  if (/^[ -~]+$/.test(text)) console.log(text)
}
