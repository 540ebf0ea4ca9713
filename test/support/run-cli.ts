import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const cliPath = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

export interface CliResult {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs the built program as a user would, in a given directory. */
export function runCli(
  args: readonly string[],
  options: { cwd?: string; input?: string | Buffer; env?: NodeJS.ProcessEnv } = {},
): CliResult {
  const { NODE_EXTRA_CA_CERTS, FORCE_COLOR, CI, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [cliPath, ...args], {
    cwd: options.cwd,
    input: options.input ?? '',
    env: { ...env, NO_COLOR: '1', ...options.env },
    maxBuffer: 256 * 1024 * 1024,
  })
  return { code: status, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') }
}
