import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Machine, machines } from '../../hygiene/facts.ts'
import { hygieneRuleNames } from '../../hygiene/rules/index.ts'
import { nearest } from '../../settings/nearest.ts'
import type { GlobalOptions } from '../context.ts'
import { parseCount } from '../scan/option-values.ts'

export interface EnvOptions extends GlobalOptions {
  format: 'human' | 'json' | 'sarif'
  only: string[]
  skip: string[]
  all?: boolean
  fix?: boolean
  yes?: boolean
  maxAge: number
  machine?: Machine
  home?: boolean
  wholeHistory?: boolean
  image?: string
  imageReport?: string
  vault: string[]
  plainHttp?: boolean
  servedAt?: string
}

export function addEnvOptions(command: Command): Command {
  return command
    .argument('[path...]', 'projects, folders in them, or env files (default: .)', [])
    .addOption(new Option('--format <format>', 'report').choices(['human', 'json', 'sarif']).default('human'))
    .option('--only <rule,…>', 'nothing but these rules', collectRules, [])
    .option('--skip <rule,…>', 'all but these rules', collectRules, [])
    .option('--all', 'also problems that are in doubt: told, counted and mended as the others')
    .option('--fix', 'mend what can be mended safely, after showing how')
    .option('--yes', 'mend without asking')
    .option('--max-age <days>', 'how old a secret may be whose provider names no period', parseCount, 365)
    .addOption(
      new Option(
        '--machine <kind>',
        'what this is (default: ci with CI set, server in a container, else developer)',
      ).choices(machines),
    )
    .option('--image <ref>', 'also look for values in this image, named as for stanch scan')
    .option('--image-report <file>', 'also what a report of stanch scan --image says (- for standard input)')
    .option('--vault <vault[:stage],…>', 'also compare with what these vaults hold', collectNames, [])
    .option('--plain-http', 'the registry speaks no TLS')
    .option('--served-at <url>', 'also ask this web server on this machine whether it gives env files away')
    .option('--whole-history', 'compare all commits, not only the newest thousands; what was found is kept')
    .option('--home', 'also look at what editors, shells and agents keep in the home directory')
}

function collectNames(value: string, before: string[]): string[] {
  return [...before, ...value.split(',').filter(Boolean)]
}

function collectRules(value: string, before: string[]): string[] {
  const names = collectNames(value, before)
  const unknown = names.find(name => !hygieneRuleNames.includes(name))
  if (unknown === undefined) return names
  const near = nearest(unknown, hygieneRuleNames)
  throw new InvalidArgumentError(
    `There is no rule "${unknown}". ${near ? `Did you mean ${near}?` : 'Known are those of docs/env.md.'}`,
  )
}
