import type { ConflictPolicy } from '../../migration/plan-migration.ts'
import type { GlobalOptions } from '../context.ts'

/** Options as commander gives them. */
export interface MigrateOptions extends GlobalOptions {
  /** The vault. */
  to?: string
  stage?: string
  namespace?: string
  /** Of names in the vault. */
  prefix?: string
  dialect?: string
  template?: string
  recipe?: string[]
  /** Those that the settings name. */
  usualRecipes?: readonly string[]
  recipeDir: string
  onConflict: ConflictPolicy
  only?: string[]
  except?: string[]
  /** Keys that go to the vault, or stay in the template, whatever they look like. */
  store?: string[]
  plain?: string[]
  includeConfig?: boolean
  keepFile?: boolean
  removeCopies?: boolean
  /** Writes an example with blanks. */
  example?: boolean
  keepEntries?: boolean
  apply?: boolean
  /** An id; true for the only one that fits. */
  resume?: string | true
  undo?: string | true
  list?: boolean
  yes?: boolean
  format: 'human' | 'json'
}
