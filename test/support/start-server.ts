import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface StartedServer {
  stop(): Promise<void>
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

/** Starts a program and waits until it answers at an address. */
export async function startServer(
  program: string,
  args: readonly string[],
  ready: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<StartedServer> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      said = (said + chunk).slice(-4000)
    })
  const deadline = Date.now() + 60_000
  while (!(await answers(ready))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${program} did not start: ${said}`)
    await sleep(100)
  }
  return { stop: () => stop(child) }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    // Not yet.
    return false
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}
