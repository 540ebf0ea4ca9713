import { UserError } from '../../errors.ts'
import type { Values } from '../../templates/evaluate.ts'
import { isOpVault } from '../../templates/parse-value.ts'
import { referencesOf } from '../../templates/template.ts'
import type { Context } from '../context.ts'
import { findTemplate, templateName } from '../find-template.ts'
import { openReferencedVault } from '../open-referenced-vault.ts'
import { chooseVault } from '../open-vault.ts'
import { readTemplateFile } from '../read-template-file.ts'
import { resolveReferences } from '../resolve-references.ts'
import { parseTemplate, type TemplateFile } from '../template-file.ts'
import { readVaultNames } from '../vault-names.ts'
import type { TemplateOptions } from './options.ts'

export interface ChosenTemplate extends TemplateFile {
  /** As the user knows it. */
  file: string
  stage: string
}

/** The named one, else `env/{stage}.env`. */
export async function readChosenTemplate(
  named: string | undefined,
  options: TemplateOptions,
  context: Context,
): Promise<ChosenTemplate> {
  const { stage } = await chooseVault(options, context)
  const file = named ?? findTemplate(stage, context.cwd)
  if (file === undefined)
    throw new UserError(
      `there is no template ${templateName(stage)}`,
      'Name one, or make it with "stanch template add".',
    )
  const isVault = await readVaultNames(options, context)
  return { file, stage, ...parseTemplate(readTemplateFile(file, context.cwd), isVault) }
}

/** Values of all references whose vault is known. */
export async function readValues(
  { assignments, stage }: ChosenTemplate,
  options: TemplateOptions,
  context: Context,
): Promise<Values> {
  const isVault = await readVaultNames(options, context)
  const references = assignments
    .flatMap(referencesOf)
    .filter(({ vault }) => isOpVault(vault) || isVault(vault))
  return resolveReferences(
    references,
    async vault => (await openReferencedVault(vault, { ...options, stage }, context)).vault,
  )
}
