import { spawn, spawnSync } from 'node:child_process'

export interface ProcessResult {
  /** Exit code; null when a signal ended it or it could not start. */
  code: number | null
  stdout: Buffer
  stderr: string
  /** `ENOENT` and the like when it could not start. */
  startError?: string
}

/** Runs a program to its end and collects what it prints. Never goes through a shell. */
export function runProcess(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: Uint8Array } = {},
): Promise<ProcessResult> {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    // The program may end before it has read its input.
    child.stdin.on('error', () => {})
    child.stdin.end(options.input)
    child.on('error', (error: NodeJS.ErrnoException) => {
      resolve({
        code: null,
        stdout: Buffer.alloc(0),
        stderr: error.message,
        startError: error.code ?? 'unknown',
      })
    })
    child.on('close', code => {
      resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') })
    })
  })
}

/** The same where nothing can be waited for. @param maxOutput bytes beyond which the program is ended */
export function runProcessSync(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: Uint8Array; maxOutput: number },
): ProcessResult {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: options.cwd,
    env: options.env,
    input: options.input ?? '',
    maxBuffer: options.maxOutput,
  })
  const result = { code: status, stdout: stdout ?? Buffer.alloc(0), stderr: stderr?.toString('utf8') ?? '' }
  if (!error) return result
  return { ...result, startError: 'code' in error ? String(error.code) : error.message }
}
