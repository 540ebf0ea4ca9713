import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { withFileLock } from '../../src/system/file-lock.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

test('the lock of a process that was killed, and of which nobody took notice, is free', async () => {
  // What `exec` puts in the shell's place knows of no child, and does not ask how it ended.
  const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  onTestFinished(() => void parent.kill())
  const [line] = await once(parent.stdout, 'data')
  await vi.waitFor(() => expect(readFileSync(`/proc/${Number(line)}/stat`, 'latin1')).toContain(') Z '), 5000)
  const lock = JSON.stringify({ host: hostname(), pid: Number(line) })
  const path = join(makeDirectory({ lock }), 'lock')
  expect(await withFileLock(path, async () => 'done', { patienceMs: 1000 })).toBe('done')
})
