import { decoderLiterals } from '../../src/engine/decoding/index.ts'
import { createScanner, type ScannerOptions } from '../../src/engine/scanner.ts'
import { buildAutomaton } from '../../src/kernel/build-automaton.ts'
import { createJsKernel } from '../../src/kernel/js-kernel.ts'
import type { Content, Match } from '../../src/model.ts'
import type { Program } from '../../src/program.ts'
import { compileProgram } from '../../src/rules/compile-program.ts'
import { parseRuleFile } from '../../src/rules/rule-file.ts'

/** What the rule of `scanShop` finds: a form of our own, so that no scanner takes it for a leak. */
export const shopKey = ['shop', 'q8Zt5vQ1hXw7PbJ3'].join('_')

/** A program of a rule for keys and one for passwords. @param more further rules of the same provider, as TOML */
export function compileShop(more = ''): Program {
  const rules = `[provider]
id = "shop"
name = "Shop"
[[rules]]
id = "shop-key"
description = "Shop key"
regex = '''\\bshop_[0-9A-Za-z]{16}\\b'''
[[rules]]
id = "shop-password"
description = "Password of a shop"
assignment = { names = ["shop_password"], length = [8, 200], judge = "password" }
${more}`
  return compileProgram([parseRuleFile('shop.toml', rules)], decoderLiterals)
}

const program = compileShop()
const kernel = createJsKernel(buildAutomaton(program.literals))

/** Searches a text for keys of a shop. */
export function scanShop(
  text: string | Uint8Array,
  options: ScannerOptions = {},
  path = 'a.txt',
  part: Partial<Content> = {},
): Match[] {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const scanner = createScanner(program, kernel, { minConfidence: 0.01, ...options })
  return scanner.scan({ ...part, bytes, path, origin: { kind: 'file', path, tracked: false } })
}

/** `line:column-endLine:endColumn decoders` of every match. */
export function describeMatches(matches: readonly Match[]): string[] {
  return matches.map(
    ({ span, decoded }) =>
      `${span.line}:${span.column}-${span.endLine}:${span.endColumn}${decoded.map(name => ` ${name}`).join('')}`,
  )
}
