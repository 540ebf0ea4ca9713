import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findProgram } from '../support/find-program.ts'
import { runCli } from '../support/run-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

const age = findProgram('age', 'apt-get install age')
const keygen = findProgram('age-keygen', 'apt-get install age')

function makeProject() {
  const directory = makeDirectory()
  const env = { XDG_CONFIG_HOME: directory }
  const vault = (args: string, input = '', more: NodeJS.ProcessEnv = {}) =>
    runCli(['vault', ...args.split(' ')], { cwd: directory, input, env: { ...env, ...more } })
  return {
    directory,
    vault,
    file: join(directory, '.stanch/vault.age'),
    identity: join(directory, 'stanch/identity.txt'),
  }
}

test('the age program opens the local vault, with our identity and with that of a recipient it made', () => {
  const { directory, vault, file, identity } = makeProject()
  const other = join(directory, 'other.txt')
  execFileSync(keygen, ['-o', other], { stdio: 'ignore' })
  const recipient = execFileSync(keygen, ['-y', other], { encoding: 'utf8' }).trim()
  expect(vault(`init --recipient ${recipient}`).code).toBe(0)
  vault('set KEY', 'value')
  for (const key of [identity, other]) {
    const { entries } = JSON.parse(execFileSync(age, ['-d', '-i', key, file], { encoding: 'utf8' }))
    expect(entries['/local/KEY']).toMatchObject([{ value: 'value', version: 1 }])
  }
  expect(vault('get KEY', '', { STANCH_IDENTITY_FILE: other }).stdout).toBe('value')
})

test('a vault that the age program has encrypted is ours, too, armored or not', () => {
  const { directory, vault, file, identity } = makeProject()
  vault('init')
  vault('set KEY', 'value')
  const plain = execFileSync(age, ['-d', '-i', identity, file])
  const recipient = execFileSync(keygen, ['-y', identity], { encoding: 'utf8' }).trim()
  for (const form of [['-a'], []]) {
    writeFileSync(file, execFileSync(age, ['-r', recipient, ...form], { input: plain }))
    expect(vault('get KEY').stdout).toBe('value')
  }
  expect(readFileSync(join(directory, '.stanch/vault.age')).subarray(0, 3).toString()).toBe('age')
  vault('set OTHER', 'x')
  expect(vault('get OTHER').stdout).toBe('x')
})

test('an identity with a passphrase takes the time that makes guessing dear', () => {
  const { directory, vault, identity } = makeProject()
  writeFileSync(join(directory, 'passphrase'), 'correct horse\n')
  const env = { STANCH_PASSPHRASE_FILE: join(directory, 'passphrase') }
  expect(vault('init --passphrase', '', env).code).toBe(0)
  expect(readFileSync(identity, 'utf8')).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----/)
  expect(vault('set KEY', 'value', env).code).toBe(0)
  expect(vault('get KEY', '', env).stdout).toBe('value')
  expect(vault('get KEY').code).toBe(2)
})
