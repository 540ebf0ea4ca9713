import { basename, join, relative } from 'node:path'
import { UserError } from '../../errors.ts'
import type { DecidedEntry } from '../../migration/decide-values.ts'
import { recipes } from '../../migration/recipes/index.ts'
import { type RecipeName, recipeNames } from '../../migration/recipes/names.ts'
import type { RecipeFacts } from '../../migration/recipes/recipe.ts'
import { nearest } from '../../settings/nearest.ts'
import type { Vault } from '../../vaults/vault.ts'
import type { VaultChoice } from '../open-vault.ts'
import { readIfThere } from '../read-if-there.ts'
import { readComposeProject } from './compose-project.ts'
import type { SourceFile } from './read-source.ts'
import { runOptions } from './run-options.ts'
import { type FileChange, planTextFile } from './text-file.ts'

export interface RecipeRequest {
  names: readonly string[]
  /** Not asked for this time: what the vault does not allow is left out. */
  isUsual: boolean
  /** Where the files go. */
  directory: string
  /** Of the template. */
  template: string
}

/** @throws UserError for a recipe that is not known, or that the vault does not allow */
export function planRecipes(
  request: RecipeRequest,
  source: SourceFile,
  decided: readonly DecidedEntry[],
  { vault, choice }: { vault: Vault; choice: VaultChoice },
  root: string,
): FileChange[] {
  if (request.names.length === 0) return []
  const facts = collectFacts(request, source, decided, { vault, choice }, root)
  return request.names.flatMap(name => {
    if (!isRecipe(name)) throw unknownRecipe(name)
    const made = recipes[name](facts)
    if ('refusal' in made && request.isUsual) return []
    if ('refusal' in made)
      throw new UserError(
        `there is no recipe "${name}" for ${choice.store}: ${made.refusal}`,
        'Choose another one; "dockerfile" works with every vault.',
      )
    return planTextFile(root, join(request.directory, made.name), made.text)
  })
}

function collectFacts(
  request: RecipeRequest,
  { path }: SourceFile,
  decided: readonly DecidedEntry[],
  { vault, choice }: { vault: Vault; choice: VaultChoice },
  root: string,
): RecipeFacts {
  const manifest = readManifest(root)
  const { stage, store, type, settings } = choice
  const name = typeof manifest.name === 'string' ? manifest.name : basename(root)
  return {
    ...{ stage, vault: store, type, settings },
    app: dnsLabel(name.replace(/^@[^/]*\//, '')),
    runOptions: runOptions(
      stage,
      request.template,
      decided.filter(({ isLeft }) => !isLeft).map(({ key }) => key),
    ),
    variables: decided.filter(({ isLeft }) => !isLeft).map(({ key, parts }) => ({ key, parts })),
    addressOf: entry => vault.address(entry),
    scripts: Object.fromEntries(
      Object.entries(manifest.scripts ?? {}).filter(([, script]) => typeof script === 'string'),
    ),
    compose: readComposeProject(relative(root, path), root),
    directory: request.directory,
  }
}

function readManifest(root: string): { name?: unknown; scripts?: Record<string, string> } {
  try {
    return JSON.parse(readIfThere(join(root, 'package.json')) ?? '{}')
  } catch {
    // A recipe does without what a broken file would tell.
    return {}
  }
}

/** At most 63 characters of a–z, 0–9 and hyphens, as Kubernetes takes them (RFC 1123). */
function dnsLabel(name: string): string {
  const label = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '')
  return label === '' ? 'app' : label
}

function isRecipe(name: string): name is RecipeName {
  return Object.hasOwn(recipes, name)
}

function unknownRecipe(name: string): UserError {
  const near = nearest(name, recipeNames)
  return new UserError(
    `there is no recipe "${name}"`,
    near ? `Did you mean ${near}?` : `Known are ${recipeNames.join(', ')}.`,
  )
}
