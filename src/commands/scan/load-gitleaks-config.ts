import { join, resolve } from 'node:path'
import { decoderLiterals } from '../../engine/decoding/index.ts'
import { UserError } from '../../errors.ts'
import type { Program } from '../../program.ts'
import { applyGitleaksConfig } from '../../rules/gitleaks/apply-gitleaks-config.ts'
import { type GitleaksConfig, readGitleaksConfig } from '../../rules/gitleaks/read-gitleaks-config.ts'
import { readIfThere } from '../read-if-there.ts'

/** gitleaks follows `extend.path` so far and no farther. */
const MAX_EXTEND = 2

/**
 * The program that `.betterleaks.toml` or `.gitleaks.toml` asks for.
 * @param readBuiltIn our rules, for a config that extends the default
 * @throws UserError
 */
export function loadGitleaksProgram(
  root: string,
  name: string,
  cwd: string,
  readBuiltIn: () => Program,
): { program: Program; notes: string[] } {
  const chain = readChain(join(root, name), name, cwd)
  const usesDefault = chain.at(-1)?.config.extend.usedefault === true
  const notes: string[] = []
  // From what is extended to what extends it.
  const program = chain.reduceRight<Program | undefined>(
    (base, { name: link, config }) => {
      const applied = applyGitleaksConfig(link, config, base, decoderLiterals)
      notes.push(...applied.notes)
      return applied.program
    },
    usesDefault ? readBuiltIn() : undefined,
  )
  if (!program)
    throw new UserError(`${name} holds no rules`, 'Extend the default rules: [extend] useDefault = true.')
  return { program, notes }
}

interface Link {
  name: string
  config: GitleaksConfig
}

function readChain(path: string, name: string, cwd: string): Link[] {
  const links: Link[] = []
  for (let at: { path: string; name: string } | undefined = { path, name }; at; ) {
    const text = readIfThere(at.path)
    if (text === undefined)
      throw new UserError(
        `cannot read "${at.name}": no such file`,
        `It is extended by ${links.at(-1)?.name ?? name}.`,
      )
    const config = readGitleaksConfig(at.name, text)
    const { path: next, usedefault } = config.extend
    if (next && usedefault)
      throw new UserError(`${at.name}: extend has both path and useDefault`, 'Keep one of them.')
    links.push({ name: at.name, config })
    // As gitleaks has it: from the current directory, not from the file.
    at = next && links.length <= MAX_EXTEND ? { path: resolve(cwd, next), name: next } : undefined
  }
  return links
}
