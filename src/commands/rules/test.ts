import { CoverageTally } from '../../coverage.ts'
import { decoderLiterals } from '../../engine/decoding/index.ts'
import { ExitCode } from '../../errors.ts'
import type { Content } from '../../model.ts'
import { compileProgram } from '../../rules/compile-program.ts'
import { readStdin } from '../../sources/stdin.ts'
import type { Context } from '../context.ts'
import { readBuiltInRules } from '../rule-files.ts'
import { createRuleScanner } from '../rule-scanner.ts'
import { writeText } from '../write-text.ts'
import { findRule } from './show.ts'

/** 1 when the rule finds something, as `scan` would; 0 when not. */
export async function testRule(id: string, text: string, context: Context): Promise<number> {
  findRule(id)
  const content =
    text === '-' ? await readStdin(context.stdin, 'stdin', new CoverageTally()) : toContent(text)
  const scan = createRuleScanner(compileProgram(readBuiltInRules(), decoderLiterals), id)
  const matches = scan(content)
  const lines = matches.map(
    ({ span, secret, confidence }) =>
      `${span.line}:${span.column}  ${secret.masked}  ${Math.round(confidence * 100)} % sure\n`,
  )
  await writeText(context.stdout, lines.length ? lines.join('') : `${id} finds nothing there\n`)
  return matches.length ? ExitCode.findings : ExitCode.clean
}

function toContent(text: string): Content {
  return { bytes: Buffer.from(text), origin: { kind: 'file', path: 'text', tracked: false }, path: 'text' }
}
