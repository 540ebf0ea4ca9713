import { UserError } from '../../errors.ts'
import type { NameFilter } from '../../launch/name-globs.ts'
import { createNameFilter } from '../../launch/name-globs.ts'
import type { Secret } from '../../model.ts'
import { evaluate } from '../../templates/evaluate.ts'
import { referencesOf } from '../../templates/template.ts'
import { allSecrets } from '../../vaults/list-entries.ts'
import type { Context } from '../context.ts'
import { findTemplate, templateName } from '../find-template.ts'
import { openReferencedVault } from '../open-referenced-vault.ts'
import { chooseVault, openChosenVault, type VaultChoice } from '../open-vault.ts'
import { readTemplateFile, refuseMissing, refuseProblems } from '../read-template-file.ts'
import { resolveReferences } from '../resolve-references.ts'
import { parseTemplate } from '../template-file.ts'
import { readVaultNames } from '../vault-names.ts'
import type { RunOptions } from './options.ts'

/** What the store or the template gives the child. */
export interface Gathered {
  variables: Record<string, string>
  /** What of it is secret. */
  secrets: { name: string; secret: Secret }[]
  /** Kinds of stores that were read. */
  storeTypes: Set<string>
  /** All names there are, before filters. */
  names: string[]
  /** The store, where it was asked for all of its entries. */
  store?: string
  /** Names of variables whose entry is not there, and that are left out, empty or as written. */
  missing: string[]
}

/** `--template`, else `env/{stage}.env` where there is one, else all entries of the stage. */
export async function gatherSecrets(options: RunOptions, context: Context): Promise<Gathered> {
  const choice = await chooseVault(options, context)
  const file = chooseTemplate(options, choice.stage, context.cwd)
  const isWanted = createNameFilter(options as NameFilter)
  return file === undefined
    ? gatherEntries(choice, isWanted, context)
    : gatherTemplate(file, isWanted, { ...options, stage: choice.stage }, context)
}

function chooseTemplate({ template }: RunOptions, stage: string, cwd: string): string | undefined {
  if (typeof template === 'string') return template
  const found = findTemplate(stage, cwd)
  if (found === undefined && template)
    throw new UserError(
      `there is no template ${templateName(stage)}`,
      `Make it with "stanch template add --stage ${stage}".`,
    )
  return found
}

async function gatherEntries(
  choice: VaultChoice,
  isWanted: (name: string) => boolean,
  context: Context,
): Promise<Gathered> {
  const entries = await allSecrets(await openChosenVault(choice, context))
  const wanted = entries.filter(({ name }) => isWanted(name))
  return {
    variables: Object.fromEntries(wanted.map(entry => [entry.name, entry.reveal()])),
    secrets: wanted.map(entry => ({ name: entry.name, secret: entry })),
    storeTypes: new Set([choice.type]),
    store: `${choice.store} (stage ${choice.stage})`,
    names: entries.map(({ name }) => name),
    missing: [],
  }
}

async function gatherTemplate(
  file: string,
  isWanted: (name: string) => boolean,
  options: RunOptions,
  context: Context,
): Promise<Gathered> {
  const { assignments, problems } = parseTemplate(
    readTemplateFile(file, context.cwd),
    await readVaultNames(options, context),
  )
  refuseProblems(file, problems)
  const wanted = assignments.filter(({ key }) => isWanted(key))
  const storeTypes = new Set<string>()
  const values = await resolveReferences(wanted.flatMap(referencesOf), async vault => {
    const opened = await openReferencedVault(vault, options, context)
    storeTypes.add(opened.type)
    return opened.vault
  })
  const evaluated = wanted.map(assignment => evaluate(assignment, values, options.missing))
  if (options.missing === 'fail') refuseMissing(file, evaluated)
  const lost = evaluated.filter(({ missing }) => missing.length > 0)
  return {
    variables: Object.fromEntries(
      evaluated.flatMap(({ assignment, value }) => (value ? [[assignment.key, value.reveal()]] : [])),
    ),
    secrets: evaluated.flatMap(({ assignment, secrets }) =>
      secrets.map(secret => ({ name: assignment.key, secret })),
    ),
    storeTypes,
    names: assignments.map(({ key }) => key),
    missing: lost.map(({ assignment }) => assignment.key),
  }
}
