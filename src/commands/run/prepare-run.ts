import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { dotenv } from '../../dotenv/dialects/dotenv.ts'
import { UserError } from '../../errors.ts'
import {
  assembleEnvironment,
  type EnvironmentParts,
  type Variables,
} from '../../launch/assemble-environment.ts'
import { checkSizes, checkVariables } from '../../launch/check-environment.ts'
import { findProgram } from '../../launch/find-program.ts'
import { idlePatterns } from '../../launch/name-globs.ts'
import { readSystemLimits } from '../../launch/system-limits.ts'
import type { Context } from '../context.ts'
import { type Gathered, gatherSecrets } from './gather-secrets.ts'
import type { RunOptions } from './options.ts'

/** All that the child needs, checked. */
export interface PreparedRun {
  path: string
  variables: Variables
  secrets: Gathered['secrets']
  /** The environment as it was at first: what libraries of stores set on their way is none of the command's business. */
  inherited: EnvironmentParts['inherited']
  /** What the user should know before the program speaks. */
  notices: string[]
}

/** @throws UserError where the program could not be started, or should not */
export async function prepareRun(
  command: readonly string[],
  options: RunOptions,
  context: Context,
  inherited: PreparedRun['inherited'] = { ...context.env },
): Promise<PreparedRun> {
  const { cwd } = context
  const file = readEnvFiles(options.envFile ?? [], cwd)
  const gathered = await gatherSecrets(options, context)
  const assembled = assembleEnvironment(
    { inherited, file, given: gathered.variables },
    {
      inherit: options.inherit,
      keep: options.keep ?? [],
      storeTypes: gathered.storeTypes,
      passCredentials: options.passCredentials ?? false,
    },
  )
  checkVariables({ ...file, ...gathered.variables }, { allowed: options.allowDangerous ?? [] })
  checkSizes(assembled.variables, command, readSystemLimits())
  return {
    path: locate(command[0] ?? '', assembled.variables.PATH ?? inherited.PATH ?? '', cwd),
    variables: assembled.variables,
    secrets: gathered.secrets,
    inherited,
    notices: notice(options, gathered, assembled),
  }
}

/** Later files win. */
function readEnvFiles(files: readonly string[], cwd: string): Record<string, string> {
  const variables = files.flatMap(name => dotenv.evaluate(readText(name, cwd), {}).variables)
  return Object.fromEntries(variables.flatMap(({ key, value }) => (value === null ? [] : [[key, value]])))
}

function readText(name: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, name), 'utf8').replace(/^\ufeff/, '')
  } catch (error) {
    throw new UserError(`cannot read "${name}"`, 'Check the file given with --env-file.', { cause: error })
  }
}

function locate(name: string, path: string, cwd: string): string {
  const found = findProgram(name, path, cwd)
  if ('path' in found) return found.path
  const { exitCode } = found
  throw exitCode === 127
    ? new UserError(`there is no program "${name}"`, 'Check its name, and PATH.', { exitCode })
    : new UserError(
        `"${name}" cannot be executed`,
        'It is a folder, or has no right to be executed (chmod +x).',
        { exitCode },
      )
}

function notice(
  options: RunOptions,
  { names, missing, store }: Gathered,
  { replaced, withheld }: { replaced: string[]; withheld: string[] },
): string[] {
  const idle = idlePatterns(options, names)
  return [
    ...(store !== undefined && names.length === 0 ? [`there are no entries in ${store}`] : []),
    ...idle.map(pattern => `no name fits ${pattern}`),
    ...tell('given by the vault, not as inherited', replaced),
    ...tell('not handed down (--pass-credentials does)', withheld),
    ...tell(`without an entry (--missing ${options.missing})`, missing),
  ]
}

function tell(what: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${what}: ${names.join(', ')}`]
}
