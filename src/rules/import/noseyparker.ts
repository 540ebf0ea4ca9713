import type { ImportedFile } from './imported.ts'
import { readYamlRules } from './read-yaml-rules.ts'
import { translateYamlRules } from './translate-yaml-rules.ts'

export function readNoseyParker(name: string, text: string): ImportedFile {
  return translateYamlRules(name, readYamlRules(name, text), () => ({}))
}
