import type { ImportedFile } from './imported.ts'
import { readYamlRules } from './read-yaml-rules.ts'
import { readLimits, translateYamlRules } from './translate-yaml-rules.ts'

/** Nosey Parker's form with limits. Its loader passes over `confidence` and `visible`. */
export function readTitus(name: string, text: string): ImportedFile {
  return translateYamlRules(name, readYamlRules(name, text), readLimits)
}
