import { spawnSync } from 'node:child_process'

export interface BatchObject {
  type: string
  bytes: Buffer
}

/** Every object of a repository as `git cat-file --batch` prints it: the oracle for our own reader. */
export function readEveryObject(directory: string): Map<string, BatchObject> {
  const { stdout, status, stderr } = spawnSync(
    'git',
    ['cat-file', '--batch-all-objects', '--batch', '--buffer'],
    {
      cwd: directory,
      maxBuffer: 2 ** 30,
    },
  )
  if (status !== 0) throw new Error(`git cat-file: ${stderr}`)
  const objects = new Map<string, BatchObject>()
  for (let at = 0; at < stdout.length; ) {
    const lineEnd = stdout.indexOf(10, at)
    const [id = '', type = '', size = ''] = stdout.toString('latin1', at, lineEnd).split(' ')
    const end = lineEnd + 1 + Number(size)
    objects.set(id, { type, bytes: stdout.subarray(lineEnd + 1, end) })
    at = end + 1
  }
  return objects
}
