import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFileAtomically } from '../../src/system/write-file-atomically.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

test('drafts of processes that are gone go with the next write, those of others stay', () => {
  const { pid: gone } = spawnSync(process.execPath, ['-e', '0'])
  const directory = makeDirectory({
    [`a.env.${gone}.tmp`]: 'abandoned',
    [`a.env.${process.pid}.tmp`]: 'of an earlier process with our number',
    [`a.env.${process.ppid}.tmp`]: 'being written',
    [`b.env.${gone}.tmp`]: 'of another file',
    'a.env.tmp': 'no draft',
  })
  writeFileAtomically(join(directory, 'a.env'), 'new')
  expect(readdirSync(directory).sort()).toEqual(
    ['a.env', `a.env.${process.ppid}.tmp`, 'a.env.tmp', `b.env.${gone}.tmp`].sort(),
  )
})
