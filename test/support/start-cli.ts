import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export const cliPath = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

export interface StartedCli {
  process: ChildProcess
  /** Resolves when standard output holds this text so many times. */
  prints: (text: string, times?: number) => Promise<void>
  /** Exit code, or the signal that ended it, with all that was printed. */
  ended: Promise<{ end: number | string | null; stdout: string; stderr: string }>
}

/** The built program in a session of its own, without a terminal, as CI and service managers start it. */
export function startCli(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): StartedCli {
  const { NODE_EXTRA_CA_CERTS, FORCE_COLOR, CI, ...env } = process.env
  const child = spawn(process.execPath, [cliPath, ...args], {
    cwd: options.cwd,
    env: { ...env, NO_COLOR: '1', ...options.env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', chunk => {
    stdout += chunk
  })
  child.stderr.on('data', chunk => {
    stderr += chunk
  })
  const ended = new Promise<Awaited<StartedCli['ended']>>(resolve => {
    child.on('close', (code, signal) => resolve({ end: code ?? signal, stdout, stderr }))
  })
  const prints = async (text: string, times = 1) => {
    while (stdout.split(text).length <= times) {
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${stdout}${stderr}`)
      await new Promise(resolve => child.stdout.once('data', resolve))
    }
  }
  return { process: child, prints, ended }
}
