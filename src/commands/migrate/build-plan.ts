import { UserError } from '../../errors.ts'
import { createNameFilter } from '../../launch/name-globs.ts'
import { createCredentialTest } from '../../launch/store-credentials.ts'
import { type DecidedEntry, decideValues } from '../../migration/decide-values.ts'
import { type PlannedValues, planValues } from '../../migration/plan-migration.ts'
import { isAbsent, SecretError } from '../../vaults/secret-error.ts'
import type { Vault } from '../../vaults/vault.ts'
import { templateName } from '../find-template.ts'
import type { VaultChoice } from '../open-vault.ts'
import { planExample } from './example-file.ts'
import { type CleanupItem, findCleanup } from './find-cleanup.ts'
import type { MigrateOptions } from './options.ts'
import type { SourceFile } from './read-source.ts'
import { planRecipes } from './recipe-files.ts'
import { makeTemplate } from './template-text.ts'
import { type FileChange, planTextFile } from './text-file.ts'
import { addVaultSettings } from './vault-settings.ts'

/** What a migration will do; holds values. */
export interface MigrationPlan extends PlannedValues {
  id: string
  source: SourceFile
  choice: VaultChoice
  decided: readonly DecidedEntry[]
  /** Values of entries that are overwritten, for `--undo`. */
  previous: ReadonlyMap<string, string>
  template: FileChange
  settings: FileChange | undefined
  recipes: readonly FileChange[]
  example: FileChange | undefined
  cleanup: readonly CleanupItem[]
}

/** Asks the vault what it has, and decides everything before the first write. */
export async function buildPlan(
  id: string,
  source: SourceFile,
  { vault, choice }: { vault: Vault; choice: VaultChoice },
  options: MigrateOptions,
  { root, env }: { root: string; env: NodeJS.ProcessEnv },
): Promise<MigrationPlan> {
  const isStored = choiceTest(options.store)
  const isPlain = choiceTest(options.plain)
  const decided = decideValues(source.entries, {
    includeConfig: options.includeConfig ?? false,
    prefix: options.prefix ?? '',
    isSelected: createNameFilter(options),
    choiceOf: key => (isPlain(key) ? 'plain' : isStored(key) ? 'store' : undefined),
    opensVault: createCredentialTest([choice.type]),
  })
  const current = await readCurrent(vault, decided)
  const values = planValues(
    decided,
    {
      address: name => vault.address(name),
      identity: address => (vault.limits().name.caseSensitive ? address : address.toLowerCase()),
      refusal: value => refusalOf(vault, value),
      current: name => current.get(name),
    },
    options.onConflict,
  )
  const templateFile = options.template ?? templateName(choice.stage)
  const template = planTextFile(root, templateFile, makeTemplate(source, decided, choice.store))
  if (template.before !== null && template.before !== template.after)
    throw new UserError(
      `there is a template "${templateFile}" already, with another content`,
      'Give another one with --template, or move it away.',
    )
  return {
    ...{ id, source, choice, decided, ...values, template },
    previous: new Map([...current].map(([name, { value }]) => [name, value])),
    settings: addVaultSettings(root, choice),
    recipes: planRecipes(
      { ...recipesOf(options), directory: options.recipeDir, template: templateFile },
      source,
      decided,
      { vault, choice },
      root,
    ),
    example: options.example ? planExample(root, source, decided) : undefined,
    cleanup: await findCleanup(
      source,
      decided,
      root,
      { keepFile: options.keepFile ?? false, removeCopies: options.removeCopies ?? false },
      env,
    ),
  }
}

function choiceTest(globs: readonly string[] | undefined): (key: string) => boolean {
  return globs === undefined ? () => false : createNameFilter({ only: globs })
}

/** Those of the settings are made where the vault allows them; a person who names one wants to hear why it cannot be. */
function recipesOf({ recipe, usualRecipes = [] }: MigrateOptions): {
  names: readonly string[]
  isUsual: boolean
} {
  return recipe ? { names: recipe, isUsual: false } : { names: usualRecipes, isUsual: true }
}

async function readCurrent(
  vault: Vault,
  decided: readonly DecidedEntry[],
): Promise<Map<string, { value: string; version: string | undefined }>> {
  const names = decided.flatMap(({ stored }) =>
    stored && isAddressable(vault, stored.name) ? [stored.name] : [],
  )
  const outcomes = await vault.getMany(names.map(name => ({ name })))
  const found = new Map<string, { value: string; version: string | undefined }>()
  for (const [i, outcome] of outcomes.entries()) {
    if (!(outcome instanceof SecretError))
      found.set(names[i] ?? '', { value: outcome.reveal(), version: outcome.version })
    else if (!(vault.restore ? isAbsent(outcome) : outcome.kind === 'not-found')) throw outcome
  }
  return found
}

function isAddressable(vault: Vault, name: string): boolean {
  try {
    vault.address(name)
    return true
  } catch (error) {
    if (error instanceof SecretError) return false
    throw error
  }
}

function refusalOf(vault: Vault, value: string): string | undefined {
  const { maxBytes, emptyAllowed, refusesValue } = vault.limits()
  if (Buffer.byteLength(value) > maxBytes) return `the vault takes at most ${maxBytes} bytes`
  if (value === '' && !emptyAllowed) return 'the vault takes no empty value'
  return refusesValue?.(value)
}
