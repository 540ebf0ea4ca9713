/**
 * One process at a time. The lock is a file that names its holder, so that the lock of a process that was killed can be
 * taken over: whoever does that holds a second lock for the moment of it, or two could take it over.
 */
import { linkSync, readdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { threadId } from 'node:worker_threads'

export class LockTimeout extends Error {
  override readonly name = 'LockTimeout'
}

/** @throws LockTimeout where somebody else holds it all the time */
export async function withFileLock<T>(
  path: string,
  work: () => Promise<T>,
  { patienceMs = 30_000 } = {},
): Promise<T> {
  const deadline = Date.now() + patienceMs
  while (!tryLock(path)) {
    if (Date.now() > deadline) throw new LockTimeout(path)
    await sleep(5 + Math.random() * 20)
  }
  try {
    removeDrafts(path)
    return await work()
  } finally {
    removeIfThere(path)
  }
}

function tryLock(path: string): boolean {
  if (createLock(path)) return true
  const holder = readLock(path)
  if (holder === undefined || isAlive(holder, path)) return false
  return takeOver(path, holder)
}

/** Nobody needs so long to write a name, or to take over. */
const MOMENT_MS = 10_000

/** Only one may, and it looks once more: the dead holder's lock may be gone by now and another's be there. */
function takeOver(path: string, dead: string): boolean {
  const guard = `${path}.guard`
  if (!createLock(guard)) {
    // Somebody died in this very moment, long ago.
    if (ageOf(guard) > MOMENT_MS) removeIfThere(guard)
    return false
  }
  try {
    if (readLock(path) === dead) removeIfThere(path)
    return createLock(path)
  } finally {
    removeIfThere(guard)
  }
}

/** Of processes that were killed while they asked for the lock. */
function removeDrafts(path: string): void {
  const prefix = `${basename(path)}.`
  for (const name of readdirSync(dirname(path))) {
    const pid = name.startsWith(prefix) ? /^(\d+)-\d+$/.exec(name.slice(prefix.length))?.[1] : undefined
    if (pid !== undefined && !isRunning(Number(pid))) removeIfThere(join(dirname(path), name))
  }
}

/** With its holder's name in it from the first moment on: a link is made whole or not at all. */
function createLock(path: string): boolean {
  const draft = `${path}.${process.pid}-${threadId}`
  writeFileSync(draft, me(), { mode: 0o600 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    // Taken, or somebody on another machine took our draft for a dead one's.
    if (isCode(error, 'EEXIST') || isCode(error, 'ENOENT')) return false
    // Some file systems have no links.
    if (isCode(error, 'EPERM') || isCode(error, 'ENOTSUP') || isCode(error, 'ENOSYS'))
      return createPlainly(path)
    throw error
  } finally {
    removeIfThere(draft)
  }
}

function createPlainly(path: string): boolean {
  try {
    writeFileSync(path, me(), { mode: 0o600, flag: 'wx' })
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

function me(): string {
  return JSON.stringify({ host: hostname(), pid: process.pid, started: startOf(process.pid) })
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** A holder on another machine counts as alive: nobody here can tell. So does, for a moment, one without a name. */
function isAlive(holder: string, path: string): boolean {
  const { host, pid, started } = parseHolder(holder)
  if (pid === undefined) return ageOf(path) < MOMENT_MS
  if (host !== hostname()) return true
  if (!isRunning(pid)) return false
  // The number may be another process's by now.
  const now = startOf(pid)
  return started === undefined || now === undefined || now === started
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // Killed, and nobody has asked how it ended: in a container without an init, nobody ever does.
    return readStat(pid)?.[0] !== 'Z'
  } catch (error) {
    return !isCode(error, 'ESRCH')
  }
}

function parseHolder(text: string): { host?: unknown; pid?: number; started?: unknown } {
  try {
    const { host, pid, started } = JSON.parse(text)
    return Number.isInteger(pid) && pid > 0 ? { host, pid, started } : {}
  } catch {
    // Empty, or cut off by a crash.
    return {}
  }
}

/** When a process started, in the kernel's ticks; only Linux tells so easily. */
function startOf(pid: number): string | undefined {
  return readStat(pid)?.[19]
}

/** From the state on, which stands behind the name: proc_pid_stat(5). */
function readStat(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
  } catch {
    // Another system, or no such process.
    return undefined
  }
}

function ageOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat ? Date.now() - stat.mtimeMs : 0
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
