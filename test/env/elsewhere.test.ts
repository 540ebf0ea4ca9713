import { createHash } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeTar } from '../support/make-archives.ts'
import { type CliResult, runCli } from '../support/run-cli.ts'
import { makeDirectory, makeRepository } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const stripe = makeToken(1)
const generated = ['q8Zt5vQ1', 'hXw7PbJ3'].join('')
const variables = { STANCH_SECRETS: '', CI: '' }

function makeProject(): { stanch: (args: string[], input?: string) => CliResult; root: string } {
  const root = makeRepository({
    '.env': `STRIPE_SECRET_KEY=${stripe}\nDB_PASSWORD=${generated}\n`,
    '.gitignore': '.env\n.stanch\n',
  })
  chmodSync(join(root, '.env'), 0o600)
  const home = makeDirectory()
  const env = { ...variables, HOME: home, XDG_CONFIG_HOME: home, STANCH_MACHINE: 'developer' }
  return { root, stanch: (args, input = '') => runCli(args, { cwd: root, env, input }) }
}

const messages = ({ stdout }: CliResult) =>
  JSON.parse(stdout).problems.map(
    ({ rule, path, line, message }: Record<string, unknown>) => `${rule} ${path}:${line} ${message}`,
  )

test('a value that a named vault holds is told, and no vault is opened without being named', () => {
  const { stanch } = makeProject()
  const args = ['env', '--only', 'duplicate-value', '--format', 'json']
  expect(messages(stanch(args))).toEqual([])
  stanch(['vault', 'init'])
  stanch(['vault', 'set', 'PAYMENTS', '--raw'], stripe)
  stanch(['vault', 'set', 'OTHER', '--raw'], 'something else')
  expect(messages(stanch(args))).toEqual([])
  expect(messages(stanch([...args, '--vault', 'local']))).toEqual([
    'duplicate-value .env:1 STRIPE_SECRET_KEY has the same value as PAYMENTS in vault local (stage local)',
  ])
  expect(messages(stanch([...args, '--vault', 'local:production']))).toEqual([])
})

test('a vault that is not there is an error that names it', () => {
  const { stanch } = makeProject()
  const { code, stderr } = stanch(['env', '--vault', 'locol'])
  expect([code, stderr]).toEqual([2, 'stanch: there is no vault "locol"\n  Did you mean local?\n'])
})

test('a report of an image says which values the image holds, strong ones and weak ones under the same key', async () => {
  const { stanch, root } = makeProject()
  const layer = await makeTar({ 'app/.env': `KEY=${stripe}\n`, 'app/a.env': `TOKEN=${makeToken(2)}\n` })
  const diffId = `sha256:${createHash('sha256').update(layer).digest('hex')}`
  const config = { config: { Env: [`DB_PASSWORD=${generated}`] }, rootfs: { diff_ids: [diffId] } }
  const archive = await makeTar({
    'manifest.json': JSON.stringify([{ Config: 'c.json', RepoTags: ['shop:1'], Layers: ['layer.tar'] }]),
    'c.json': JSON.stringify({ architecture: 'amd64', os: 'linux', ...config }),
    'layer.tar': layer,
  })
  writeFileSync(join(root, 'shop.tar'), archive)
  stanch(['scan', '--image', 'docker-archive:shop.tar', '--format', 'json', '--output', 'json:report.json'])
  expect(readFileSync(join(root, 'report.json'), 'utf8')).not.toContain(stripe)
  const report = stanch(['env', '--image-report', 'report.json', '--only', 'image-layer', '--format', 'json'])
  expect(messages(report)).toEqual([
    'image-layer docker-archive:shop.tar: Env.DB_PASSWORD:null the image holds the value of DB_PASSWORD',
    'image-layer docker-archive:shop.tar: app/.env:1 the image holds the value of STRIPE_SECRET_KEY',
    'image-layer docker-archive:shop.tar: app/a.env:1 the image holds an env file with a secret in clear, even if a later layer deletes it',
  ])
})

test('what is no report is an error that says how to make one', () => {
  const { stanch, root } = makeProject()
  writeFileSync(join(root, 'x.json'), '{}')
  const { code, stderr } = stanch(['env', '--image-report', 'x.json'])
  expect([code, stderr.split('\n')[0]]).toEqual([2, 'stanch: "x.json" is no report of stanch'])
})
