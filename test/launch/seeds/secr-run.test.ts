/** What secr's page calls zero-disk injection: entries go from an encrypted store into the environment of one process. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../../support/run-cli.ts'
import { makeDirectory } from '../../support/temporary-directory.ts'

const secret = ['zero', 'Disk', '7Rk2sQ9'].join('-')

test('stanch run -- COMMAND: the program sees the value, and no file ever holds it', () => {
  const directory = makeDirectory({ tmp: '', 'scratch/keep': '' })
  const env = {
    STANCH_IDENTITY_FILE: join(directory, 'identity'),
    TMPDIR: join(directory, 'scratch'),
    XDG_CONFIG_HOME: join(directory, 'scratch'),
    CI: '',
  }
  const stanch = (args: string[], input = '') => runCli(args, { cwd: directory, env, input })
  stanch(['vault', 'init'])
  stanch(['vault', 'set', 'JWT_SECRET'], secret)
  // While it runs the program itself looks for its secret in every file.
  const look = `
    const { readdirSync, readFileSync, statSync } = require('fs')
    const all = readdirSync('.', { recursive: true }).filter(path => statSync(path).isFile())
    console.log(process.env.JWT_SECRET.length, all.filter(path => readFileSync(path).includes(process.env.JWT_SECRET)))`
  const { code, stdout, stderr } = stanch(['run', '--', process.execPath, '-e', look])
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${secret.length} []\n`, stderr: '' })
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map(name => join(directory, name))
    .filter(path => statSync(path).isFile())
  expect(files.filter(path => readFileSync(path).includes(secret))).toEqual([])
  expect(files.length).toBeGreaterThan(3)
})
