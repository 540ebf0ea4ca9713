import type { RecipeFacts } from './recipe.ts'

/** stanch inside an image that has the project's packages in `/app`. */
export const STANCH_IN_IMAGE = ['node', '/app/node_modules/stanch/dist/cli.js']

/** `run --stage production [--template FILE] --`. Where the vault is, `.stanch.toml` and the template say. */
export function runArguments({ stage, runOptions }: RecipeFacts): string[] {
  return ['run', '--stage', stage, ...runOptions, '--']
}
