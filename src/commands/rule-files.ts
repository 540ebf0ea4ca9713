import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import { type NamedRuleFile, parseRuleFile } from '../rules/rule-file.ts'
import { assetPath } from '../system/assets.ts'

/** The built-in rules' texts. */
export function readBuiltInRules(): NamedRuleFile[] {
  return ['rules/generic', 'rules/providers'].flatMap(folder => readRulePath(assetPath(folder), folder))
}

/**
 * Rule files at a path, a folder's in the order of their names.
 * @throws UserError that names the file
 */
export function readRulePath(path: string, shownAs = path): NamedRuleFile[] {
  const status = statSync(path, { throwIfNoEntry: false })
  if (!status)
    throw new UserError(`cannot read rules from "${shownAs}": no such file or directory`, 'Check the path.')
  if (!status.isDirectory()) return [parseRuleFile(shownAs, readFileSync(path, 'utf8'))]
  const names = readdirSync(path, { withFileTypes: true }).filter(
    entry => entry.isDirectory() || entry.name.endsWith('.toml'),
  )
  return names
    .map(({ name }) => name)
    .sort()
    .flatMap(name => readRulePath(join(path, name), join(shownAs, name)))
}
