/** Stores that keep the names of deleted entries: Secrets Manager for 7 to 30 days. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import type { CarryOutWorld } from '../../src/commands/migrate/carry-out.ts'
import { migrate } from '../../src/commands/migrate/migrate.ts'
import type { SealedPart } from '../../src/commands/migrate/sealed-plan.ts'
import { undoMigration } from '../../src/commands/migrate/undo-migration.ts'
import { writeEntries } from '../../src/commands/migrate/write-entries.ts'
import { type MigrationEvent, type MigrationState, reduceJournal } from '../../src/migration/journal.ts'
import { Secret } from '../../src/model.ts'
import { storeTypes } from '../../src/vaults/index.ts'
import { openStore } from '../../src/vaults/open-store.ts'
import { fakeAws } from '../support/fakes/aws.ts'
import { quickPace } from '../support/quick-pace.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

process.env.AWS_ACCESS_KEY_ID = 'test'
process.env.AWS_SECRET_ACCESS_KEY = 'test'
const aws = await fakeAws()
afterAll(() => aws.close())

const now = () => new Date('2026-11-27T12:00:00Z')
const settings = { type: 'secretsmanager', endpoint: aws.origin, region: 'eu-west-1' } as const

function openVault() {
  const world = { env: {}, directory: '.', now, pace: quickPace() }
  const about = { namespace: 'shop', stage: 'local', store: 'secretsmanager' }
  return openStore(storeTypes.secretsmanager, settings, about, world)
}

const token = ['kV9', 'mQ2', 'pLz8w', 'Q1r'].join('-')

function makeProject() {
  aws.reset()
  const { type, ...rest } = settings
  const lines = Object.entries({ type, ...rest }).map(([name, value]) => `${name} = "${value}"\n`)
  const toml = `[migrate]\nnamespace = "shop"\n[vaults.secretsmanager]\n${lines.join('')}`
  const directory = makeDirectory({ '.env': `API_TOKEN=${token}\n`, '.stanch.toml': toml })
  const nowhere = () => new PassThrough().resume()
  const context = {
    ...{ stdout: nowhere(), stderr: nowhere(), stdin: nowhere() },
    ...{ cwd: directory, now, env: { XDG_CONFIG_HOME: join(directory, 'home') } },
  }
  const usual = { onConflict: 'fail', recipeDir: '', format: 'human', color: 'never' } as const
  return {
    hasFile: () => existsSync(join(directory, '.env')),
    template: () => readFileSync(join(directory, 'env/local.env'), 'utf8'),
    apply: () => migrate(['.env'], { ...usual, to: 'secretsmanager', apply: true }, context),
    undo: () => migrate([], { ...usual, undo: true, yes: true }, context),
  }
}

test('what was undone can be migrated again, although the store still holds the names', async () => {
  const project = makeProject()
  expect([await project.apply(), await project.undo(), await project.apply()]).toEqual([0, 0, 0])
  expect((await (await openVault()).get('API_TOKEN')).reveal()).toBe(token)
  expect([project.hasFile(), project.template()]).toEqual([false, "API_TOKEN='{secretsmanager}'\n"])
  expect(await project.undo()).toBe(0)
  await expect((await openVault()).get('API_TOKEN')).rejects.toMatchObject({ kind: 'pending-deletion' })
})

test('an undo takes for done what an interrupted one has deleted already', async () => {
  const project = makeProject()
  await project.apply()
  await (await openVault()).remove?.('API_TOKEN')
  expect([await project.undo(), project.hasFile()]).toEqual([0, true])
})

/** Stopped when the entry was brought back, and not yet written. */
async function stopHalfWay() {
  aws.reset()
  const vault = await openVault()
  await vault.put?.('API_TOKEN', new Secret('former'))
  await vault.remove?.('API_TOKEN')
  const writes: SealedPart['writes'] = [{ name: 'API_TOKEN', value: token, action: 'create' }]
  const template = { path: 'env/local.env', before: null, after: '' }
  const part = { stage: 'local', writes, stored: [], previous: [], variables: [], template }
  const plan = { parts: [part], others: [], plaintext: [], cleanup: [], index: '' }
  const migration = { vault: 'secretsmanager', parts: [] }
  const events: MigrationEvent[] = [{ type: 'began', id: '1', at: now().toISOString(), migration }]
  const root = makeDirectory()
  const world = (limit = Number.POSITIVE_INFINITY): CarryOutWorld => {
    let puts = 0
    const put: typeof vault.put = async (name, value, options) => {
      if (++puts > limit) throw new Error('killed')
      return vault.put!(name, value, options)
    }
    const folder = {
      ...{ directory: root, read: () => undefined, writeSealed: () => {}, readSealed: () => Buffer.of() },
      record: (event: MigrationEvent) => void events.push(event),
    }
    const open = async () => ({ ...vault, put })
    return { root, folder, vaultOf: open, openVault: open, now, onProgress: () => {} }
  }
  const state = () => reduceJournal(events) as MigrationState
  await expect(writeEntries(state(), plan, world(1))).rejects.toThrow('killed')
  expect((await vault.get('API_TOKEN')).reveal()).toBe('former')
  return { vault, plan, state, world }
}

test('stopped between bringing back and writing, resume writes it', async () => {
  const { vault, plan, state, world } = await stopHalfWay()
  await writeEntries(state(), plan, world())
  expect((await vault.get('API_TOKEN')).reveal()).toBe(token)
})

test('stopped between bringing back and writing, undo deletes it again', async () => {
  const { vault, plan, state, world } = await stopHalfWay()
  expect(await undoMigration(state(), plan, false, world())).toEqual([])
  await expect(vault.get('API_TOKEN')).rejects.toMatchObject({ kind: 'pending-deletion' })
})
