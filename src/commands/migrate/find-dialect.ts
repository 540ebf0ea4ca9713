import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type DialectName, dialectNames, isDialect } from '../../dotenv/index.ts'
import { UserError } from '../../errors.ts'
import { nearest } from '../../settings/nearest.ts'
import { readIfThere } from '../read-if-there.ts'

/**
 * How the project's programs read the file: `--dialect` first, then what the files beside it tell, else dotenv.
 * The first one decides; with the others it is compared.
 * @throws UserError for a dialect that is not known
 */
export function findDialects(given: string | undefined, file: string): DialectName[] {
  const found = guessDialects(dirname(file), basename(file))
  if (given === undefined) return found.length > 0 ? found : ['dotenv']
  if (isDialect(given)) return [given, ...found.filter(name => name !== given)]
  const near = nearest(given, dialectNames)
  throw new UserError(
    `there is no dialect "${given}"`,
    near ? `Did you mean ${near}?` : `Known are ${dialectNames.join(', ')}.`,
  )
}

const signs: readonly [file: string, sign: RegExp, dialect: DialectName][] = [
  ['package.json', /"dotenv-expand"\s*:/, 'dotenv-expand'],
  ['package.json', /"dotenv(?:-\w+)?"\s*:/, 'dotenv'],
  ['package.json', /--env-file(?:-if-exists)?[= ]/, 'node'],
  ['pyproject.toml', /python-dotenv|django-environ|pydantic-settings/i, 'python'],
  ['requirements.txt', /^python-dotenv|^django-environ|^pydantic-settings/im, 'python'],
]
const composeFiles = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml']

function guessDialects(directory: string, name: string): DialectName[] {
  const holds = (file: string, sign: RegExp) => sign.test(readIfThere(join(directory, file)) ?? '')
  const found = signs.flatMap(([file, sign, dialect]) => (holds(file, sign) ? [dialect] : []))
  const isComposed = composeFiles.some(file => holds(file, /env_file|\$\{/))
  return [
    ...new Set([
      ...(name === '.envrc' ? ['sh' as const] : []),
      ...found,
      ...(isComposed ? ['compose' as const] : []),
      // A script beside the program, more often than the program itself.
      ...(findSourcing(directory).some(text => sourcing(name).test(text)) ? ['sh' as const] : []),
    ]),
  ]
}

/** What may read the file as a shell does. */
function findSourcing(directory: string): string[] {
  const scripts = readdirSync(directory).filter(name => /\.(?:ba)?sh$/.test(name))
  return ['package.json', 'Makefile', 'justfile', 'Procfile', ...scripts].flatMap(
    name => readIfThere(join(directory, name)) ?? [],
  )
}

/** `. ./.env`, `source .env`, `source "$DIR/.env"`, at the start of a command. */
function sourcing(name: string): RegExp {
  const file = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?:^|[\\s;&|"'(])(?:\\.|source)\\s+["']?(?:[^\\s"';&|]*/)?${file}(?=$|[\\s"';&|)])`, 'm')
}
