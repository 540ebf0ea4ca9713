import { decoderLiterals } from '../../engine/decoding/index.ts'
import { UserError } from '../../errors.ts'
import { decodeAutomaton } from '../../kernel/encode-automaton.ts'
import type { Automaton } from '../../kernel/types.ts'
import type { Program } from '../../program.ts'
import { decodeProgram, readProgram, toWholeProgram } from '../../rules/lazy-rules.ts'
import { nearest } from '../../settings/nearest.ts'
import { openBuilt, readBuilt } from '../../system/assets.ts'

export interface LoadedRules {
  program: Program
  readonly automaton: Automaton
  /** Nothing but the rules that the build compiled. */
  isBuiltIn: boolean
  /** What of another tool's config could not be honoured. */
  notes: string[]
}

export interface RuleSelection {
  /** Files and folders of the user's own rules. */
  rules: readonly string[]
  defaultRules: boolean
  only: readonly string[]
  skip: readonly string[]
  /** A config of gitleaks or betterleaks, by its name in a directory, whose rules are to be used. */
  gitleaksConfig?: { root: string; name: string; cwd: string }
}

/**
 * The built-in rules as the build compiled them, with the user's own on top.
 * @throws UserError for a rule file that is wrong, or the name of a rule that does not exist
 */
export async function loadRules(selection: RuleSelection): Promise<LoadedRules> {
  const loaded = await load(selection)
  checkNames(loaded.program, [...selection.only, ...selection.skip])
  return loaded
}

async function load({ rules, defaultRules, gitleaksConfig }: RuleSelection): Promise<LoadedRules> {
  if (defaultRules && gitleaksConfig) return loadForeign(gitleaksConfig, rules)
  if (defaultRules && rules.length === 0) return readBuiltRules()
  if (rules.length === 0)
    throw new UserError('no rules to scan with', 'Give --rules, or leave out --no-default-rules.')
  const builtIn = defaultRules ? readWholeProgram() : undefined
  const program = await compileUserRules(builtIn, rules)
  return {
    program,
    automaton: await buildFor(program),
    isBuiltIn: false,
    notes: noteSlowRules(program),
  }
}

async function loadForeign(
  { root, name, cwd }: NonNullable<RuleSelection['gitleaksConfig']>,
  rules: readonly string[],
): Promise<LoadedRules> {
  const { loadGitleaksProgram } = await import('./load-gitleaks-config.ts')
  const { program: theirs, notes } = loadGitleaksProgram(root, name, cwd, readWholeProgram)
  const program = rules.length ? await compileUserRules(theirs, rules) : theirs
  return {
    program,
    automaton: await buildFor(program),
    isBuiltIn: false,
    notes: [...notes, ...noteSlowRules(program)],
  }
}

/** What makes a scan slow, and how to help. No built-in rule does. */
function noteSlowRules({ rules }: Program): string[] {
  return rules.flatMap(({ id, matcher }) => {
    if (matcher?.kind !== 'regex') return []
    if (matcher.isLinear)
      return [`rule "${id}": its regex could take forever, so it runs on a slower engine that cannot`]
    if (matcher.anchors.length > 0) return []
    return [`rule "${id}": its regex holds no literal of three characters, so every text is searched whole`]
  })
}

/** The rules that the build compiled, and nothing else. */
export function readBuiltRules(): LoadedRules {
  return {
    program: readProgram(openBuilt('rules.bin')),
    // Some megabytes that a kernel with an image of its memory does without.
    get automaton() {
      return decodeAutomaton(readBuilt('automaton.bin'))
    },
    isBuiltIn: true,
    notes: [],
  }
}

function readWholeProgram(): Program {
  return toWholeProgram(decodeProgram(readBuilt('rules.bin')))
}

async function buildFor(program: Program): Promise<Automaton> {
  const { buildRuleAutomaton } = await import('../../rules/rule-automaton.ts')
  return buildRuleAutomaton(program)
}

/** The compiler is only loaded when somebody brings rules. */
async function compileUserRules(builtIn: Program | undefined, paths: readonly string[]): Promise<Program> {
  const [{ compileProgram }, { mergePrograms }, { readRulePath }] = await Promise.all([
    import('../../rules/compile-program.ts'),
    import('../../rules/merge-programs.ts'),
    import('../rule-files.ts'),
  ])
  const own = compileProgram(
    paths.flatMap(path => readRulePath(path)),
    decoderLiterals,
  )
  return builtIn ? mergePrograms(builtIn, own) : own
}

function checkNames({ rules }: Program, names: readonly string[]): void {
  if (names.length === 0) return
  const known = new Set(rules.map(({ id }) => id))
  const unknown = names.find(name => !known.has(name))
  if (unknown === undefined) return
  const near = nearest(unknown, known)
  throw new UserError(
    `rule "${unknown}" does not exist`,
    near ? `Did you mean ${near}?` : 'Run "stanch rules list" to see all.',
  )
}
