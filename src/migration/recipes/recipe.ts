import type { TemplatePart } from '../decide-values.ts'

/** What a recipe is made of. Holds plain configuration, never a secret. */
export interface RecipeFacts {
  /** The project's name, as a DNS label. */
  app: string
  stage: string
  /** What the template's references call the vault, and its kind. */
  vault: string
  type: string
  settings: Partial<
    Record<'region' | 'address' | 'mount' | 'project' | 'name' | 'role', string | undefined> & {
      /** Of Vault's KV engine; 2 unless it is given. */
      kvVersion: 1 | 2 | undefined
    }
  >
  /** What `run` needs besides: the template where it does not find it by itself, and names that it would refuse. */
  runOptions: readonly string[]
  /** What the program gets, in the order of the file. */
  variables: readonly { key: string; parts: readonly TemplatePart[] }[]
  /** The name of an entry in the store itself. */
  addressOf(entry: string): string
  /** `scripts` of package.json. */
  scripts: Readonly<Record<string, string>>
  /** The project's Compose file, and its services that read the migrated file. */
  compose: { file: string; services: readonly ComposeService[] }
  /** Where the recipe goes. */
  directory: string
}

export interface ComposeService {
  name: string
  /** What else `env_file` has, as it is written there. */
  otherFiles: readonly unknown[]
  /** Variables that the service sets itself. */
  ownKeys: readonly string[]
}

/** A file for the folder of recipes. */
export interface RecipeFile {
  name: string
  text: string
}

/** A way to start the program with its secrets from the vault; a refusal says why the vault does not allow it. */
export type Recipe = (facts: RecipeFacts) => RecipeFile | { refusal: string }

/** The entries that the variables refer to, each once. */
export function entriesOf({ variables }: RecipeFacts): string[] {
  return [
    ...new Set(
      variables.flatMap(({ parts }) => parts.flatMap(part => ('entry' in part ? [part.entry] : []))),
    ),
  ]
}

/** The variable's text, with what a system writes for an entry. */
export function writeParts(
  parts: readonly TemplatePart[],
  entry: (name: string) => string,
  text: (text: string) => string = same => same,
): string {
  return parts.map(part => ('entry' in part ? entry(part.entry) : text(part.text))).join('')
}
