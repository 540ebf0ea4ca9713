import { join } from 'node:path'
import { runCli } from './run-cli.ts'
import { makeDirectory } from './temporary-directory.ts'

/** `stanch vault …` in a project of its own, with its own identity. */
export function makeVaultProject(settings = '[migrate]\nnamespace = "shop"\n') {
  const directory = makeDirectory({ '.stanch.toml': settings })
  const env = { XDG_CONFIG_HOME: join(directory, 'home'), STANCH_NOW: '2026-11-26T12:00:00Z' }
  const vault = (args: string, input = '', more: NodeJS.ProcessEnv = {}) =>
    runCli(['vault', ...args.split(' ')], { cwd: directory, env: { ...env, ...more }, input })
  return { directory, vault }
}
