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
  /** Undefined leaves its streams alone. */
  masking: Masking | undefined
}

/** Texts to hide in what the child prints, and where the rest goes. */
export interface Masking {
  texts: readonly string[]
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

/** @throws StartError, or `ended` rejects with one */
export function startChild(request: ChildRequest): Child {
  const { sharesGroup, masking } = request
  const child = spawnChild(request)
  const send = (signal: NodeJS.Signals) => sendSignal(child, signal, sharesGroup)
  return { send, ended: awaitEnd(child, masking) }
}

function spawnChild({ path, command, cwd, variables, sharesGroup, masking }: ChildRequest): ChildProcess {
  const [name = path, ...args] = command
  const stdio = chooseStreams(args, masking !== undefined)
  try {
    return spawn(path, args, { argv0: name, cwd, env: variables, detached: !sharesGroup, stdio })
  } catch (error) {
    // Node tells of some errors at once (E2BIG), of others later (EACCES).
    throw error instanceof Error && 'errno' in error && 'code' in error
      ? new StartError(String(error.code))
      : error
  }
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

async function awaitEnd(child: ChildProcess, masking: Masking | undefined): Promise<number> {
  const exit = new Promise<number>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => reject(new StartError(error.code ?? 'unknown')))
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal ?? 'SIGKILL'] ?? 0)))
  })
  const printed = masking && [
    hide(child.stdout, masking.texts, masking.stdout),
    hide(child.stderr, masking.texts, masking.stderr),
  ]
  const [code] = await Promise.all([exit, ...(printed ?? [])])
  return code
}

/** A reader that has gone away closes the pipe, so that the child hears of it as it would without us. */
async function hide(
  from: NodeJS.ReadableStream | null,
  texts: readonly string[],
  to: NodeJS.WritableStream,
): Promise<void> {
  if (from === null) return
  try {
    await pipeline(from, createMaskStream(texts), to, { end: false })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && isGone(String(error.code)))) throw error
  }
}

function isGone(code: string): boolean {
  return ['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EIO'].includes(code)
}
