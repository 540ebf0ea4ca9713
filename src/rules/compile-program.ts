import { createHash } from 'node:crypto'
import { UserError } from '../errors.ts'
import type { Severity } from '../model.ts'
import type { Allowlist, CompiledRule, Program } from '../program.ts'
import { createClassTable } from './class-table.ts'
import { compileAssignment } from './compile-assignment.ts'
import { compileCondition, compileRegex, type Tables } from './compile-regex.ts'
import { createLiteralTable } from './literal-table.ts'
import type { NamedRuleFile, Rule, RuleAllowlist } from './rule-file.ts'

const defaultSeverity: Severity = 'high'
const defaults = {
  confidence: { regex: 0.9, assignment: 0.7 },
  /** A judged rule of a provider names the secret's owner, which a generic one cannot. */
  specificity: { regex: 100, assignment: 80, owned: 40, judged: 10 },
}

/**
 * Rules of all files → one program. The same files in the same order give the same program and the same hash.
 * @param others literals that the program shall hold besides those of its rules: what decoders go by
 * @throws UserError that names the file and the rule
 */
export function compileProgram(files: readonly NamedRuleFile[], others: readonly string[] = []): Program {
  const tables: Tables = { literals: createLiteralTable(), classes: createClassTable() }
  const rules: CompiledRule[] = []
  const seen = new Map<string, string>()
  for (const { name, file } of files) {
    for (const rule of file.rules) {
      const before = seen.get(rule.id)
      if (before !== undefined) {
        throw new UserError(`${name}: rule "${rule.id}" exists already in ${before}`, 'Give it another id.')
      }
      seen.set(rule.id, name)
      rules.push(
        withName(name, rule, () => compileRule(rule, file.provider?.id ?? 'custom', file.allowlists, tables)),
      )
    }
  }
  for (const literal of others) tables.literals.idOf(literal)
  const literals = [...tables.literals.literals]
  const classes = [...tables.classes.classes]
  const exhaustive = files.flatMap(({ file }) => file.provider?.exhaustive ?? [])
  const hash = hashOf({ rules, literals, classes, exhaustive })
  return { version: 1, hash, rules, literals, classes, ...(exhaustive.length ? { exhaustive } : {}) }
}

function compileRule(
  rule: Rule,
  provider: string,
  shared: readonly RuleAllowlist[],
  tables: Tables,
): CompiledRule {
  const regex = rule.regex === undefined ? undefined : compileRegex({ ...rule, regex: rule.regex }, tables)
  if (regex && (rule.secretGroup ?? 0) > regex.groups) {
    throw new UserError(
      `secretGroup is ${rule.secretGroup}, but the regex has ${regex.groups} groups`,
      'Correct the number.',
    )
  }
  const matcher =
    regex?.matcher ?? (rule.assignment ? compileAssignment(rule.assignment, tables.literals) : undefined)
  const kind = rule.assignment ? 'assignment' : 'regex'
  const judged = provider === 'generic' ? 'judged' : 'owned'
  const lists = [...rule.allowlists, ...shared.filter(list => appliesTo(list, rule.id))]
  return {
    id: rule.id,
    provider,
    description: rule.description,
    severity: rule.severity ?? defaultSeverity,
    confidence: rule.confidence ?? defaults.confidence[kind],
    specificity: rule.specificity ?? defaults.specificity[rule.assignment?.judge ? judged : kind],
    ...(matcher ? { matcher } : {}),
    ...(rule.path === undefined ? {} : compilePath(rule.path)),
    ...(rule.secretGroup ? { secretGroup: rule.secretGroup } : {}),
    ...(rule.entropy ? { entropy: rule.entropy } : {}),
    ...(rule.checksum ? { checksum: rule.checksum } : {}),
    fixedPrefix: regex?.fixedPrefix ?? false,
    hidden: rule.skipReport,
    required: rule.required.map(({ id, withinLines, withinColumns }) => ({
      rule: id,
      ...(withinLines === undefined ? {} : { withinLines }),
      ...(withinColumns === undefined ? {} : { withinColumns }),
    })),
    allowlists: lists.map(compileAllowlist),
    ...(rule.exact ? { isExact: true as const } : {}),
  }
}

function compilePath(regex: string): Pick<CompiledRule, 'path' | 'isPathLinear'> {
  const { source, isLinear } = compileCondition(regex)
  return { path: source, ...(isLinear ? { isPathLinear: true } : {}) }
}

/** @throws UserError for a regex that is none, or that could take forever whatever runs it */
export function compileAllowlist(list: RuleAllowlist): Allowlist {
  const paths = list.paths.map(compileCondition)
  const regexes = list.regexes.map(compileCondition)
  const isLinear = [...paths, ...regexes].some(condition => condition.isLinear)
  return {
    all: list.condition?.toUpperCase() === 'AND' || list.condition === '&&',
    ...(isLinear ? { isLinear } : {}),
    paths: paths.map(({ source }) => source),
    commits: list.commits.map(commit => commit.toLowerCase()),
    regexes: regexes.map(({ source }) => source),
    target: list.regexTarget || 'secret',
    stopwords: list.stopwords.map(word => word.toLowerCase()),
  }
}

function appliesTo(list: RuleAllowlist, rule: string): boolean {
  return list.targetRules.length === 0 || list.targetRules.includes(rule)
}

function withName<T>(file: string, rule: Rule, compile: () => T): T {
  try {
    return compile()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError(`${file}: rule "${rule.id}": ${error.message}`, error.hint, { cause: error })
  }
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32)
}
