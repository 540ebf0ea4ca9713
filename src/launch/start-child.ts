import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { pipeline } from 'node:stream/promises'
import type { Variables } from './assemble-environment.ts'
import { createMaskStream } from './mask/mask-stream.ts'
import { hasTerminal } from './terminal.ts'

export interface ChildRequest {
  /** Where the program is, and what it is called. */
  path: string
  command: readonly string[]
  cwd: string
  variables: Variables
  /** Whether it stays in our process group: `isGroupShared`. */
  sharesGroup: boolean
  /** Texts to hide in what it prints; undefined leaves its streams alone. */
  masked: readonly string[] | undefined
  stdout: NodeJS.WritableStream
  stderr: NodeJS.WritableStream
}

export interface Child {
  /** To the child; to all of its group where it has one of its own. */
  send: (signal: NodeJS.Signals) => void
  /** The exit code as a shell gives it, when it has ended and all it printed is written. */
  ended: Promise<number>
}

/** A program could not be started although it is there. */
export class StartError extends Error {
  override readonly name = 'StartError'
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/**
 * With a terminal the child stays in our process group, or it could not use it. Without one it leads a group of its own,
 * so that a signal reaches all of it, as an init of containers does it.
 */
export function isGroupShared(): boolean {
  return process.platform === 'win32' || hasTerminal()
}

/** @throws never; `ended` rejects with a StartError */
export function startChild(request: ChildRequest): Child {
  const { path, command, cwd, variables, sharesGroup, masked } = request
  const [name = path, ...args] = command
  const child = spawn(path, args, {
    argv0: name,
    cwd,
    env: variables,
    detached: !sharesGroup,
    stdio: chooseStreams(args, masked !== undefined),
  })
  const send = (signal: NodeJS.Signals) => sendSignal(child, signal, sharesGroup)
  return { send, ended: awaitEnd(child, request) }
}

/** Those that its arguments name (`<(…)` of a shell is /dev/fd/63) are handed down besides the first three. */
function chooseStreams(args: readonly string[], isMasked: boolean): StdioOptions {
  const streams: ('inherit' | 'pipe' | 'ignore' | number)[] = isMasked
    ? ['inherit', 'pipe', 'pipe']
    : ['inherit', 'inherit', 'inherit']
  for (const arg of args) {
    const fd = Number(/^(?:\/dev|\/proc\/self)\/fd\/(\d{1,4})$/.exec(arg)?.[1] ?? 0)
    if (fd > 2) streams[fd] = fd
  }
  return Array.from(streams, stream => stream ?? 'ignore')
}

function sendSignal(child: ChildProcess, signal: NodeJS.Signals, sharesGroup: boolean): void {
  if (child.pid === undefined) return
  if (sharesGroup) {
    child.kill(signal)
    return
  }
  try {
    process.kill(-child.pid, signal)
  } catch {
    // All of it has ended.
  }
}

async function awaitEnd(child: ChildProcess, { masked, stdout, stderr }: ChildRequest): Promise<number> {
  const exit = new Promise<number>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => reject(new StartError(error.code ?? 'unknown')))
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal ?? 'SIGKILL'] ?? 0)))
  })
  const printed = masked && [hide(child.stdout, masked, stdout), hide(child.stderr, masked, stderr)]
  const [code] = await Promise.all([exit, ...(printed ?? [])])
  return code
}

/** A reader that has gone away closes the pipe, so that the child hears of it as it would without us. */
async function hide(
  from: NodeJS.ReadableStream | null,
  masked: readonly string[],
  to: NodeJS.WritableStream,
): Promise<void> {
  if (from === null) return
  try {
    await pipeline(from, createMaskStream(masked), to, { end: false })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && isGone(String(error.code)))) throw error
  }
}

function isGone(code: string): boolean {
  return ['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EIO'].includes(code)
}
