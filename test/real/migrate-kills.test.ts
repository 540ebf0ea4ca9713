/**
 * Migrations killed wherever they sync, and at random times: against the local vault, real servers (moto), fakes that limit
 * and throttle, and with several files. `STANCH_KILLS=100` kills that often at random in each; the default is small.
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { awsThrottle, fakeAws } from '../support/fakes/aws.ts'
import { fakeHashicorp, vaultThrottle } from '../support/fakes/hashicorp.ts'
import { findProgram } from '../support/find-program.ts'
import {
  type FiredAt,
  type FireTarget,
  makeFiredAt,
  migrateArguments,
} from '../support/migration-under-fire.ts'
import { freePort, startServer } from '../support/start-server.ts'

const KILLS = Number(process.env.STANCH_KILLS ?? 3)
/** Of the points where it syncs every one, or every so manieth. */
const steps = process.env.STANCH_KILLS ? { local: 1, other: 1 } : { local: 2, other: 12 }

process.env.AWS_ACCESS_KEY_ID = 'AKIATEST'
process.env.AWS_SECRET_ACCESS_KEY = 'x'
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

async function startMoto() {
  const pip = "pip install 'moto[server]==5.2.5', and its bin folder on PATH"
  const python = join(dirname(findProgram('moto_server', pip)), 'python')
  const launcher = fileURLToPath(new URL('../support/moto-launch.py', import.meta.url))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  return { origin, ...(await startServer(python, [launcher, String(port)], `${origin}/moto-api/`)) }
}

const [moto, aws, hashicorp] = await Promise.all([startMoto(), fakeAws(), fakeHashicorp()])
afterAll(() => Promise.all([moto.stop(), aws.close(), hashicorp.close()]))
aws.failEvery(4, awsThrottle)
hashicorp.failEvery(4, vaultThrottle)

const region = 'eu-west-1'
const one = ['.env'] as const
const targets: FireTarget[] = [
  { title: 'the local vault', settings: { type: 'local' }, env: {}, files: one },
  {
    ...{ title: 'several files', settings: { type: 'local' }, env: {} },
    files: ['.env', '.env.production'],
  },
  {
    title: 'Parameter Store (moto)',
    settings: { type: 'ssm', endpoint: moto.origin, region },
    env: {},
    files: one,
  },
  {
    title: 'Secrets Manager (moto), several files',
    settings: { type: 'secretsmanager', endpoint: moto.origin, region },
    env: {},
    files: ['.env', '.env.production'],
    countWrites: name => countVersions(moto.origin, name),
  },
  {
    title: 'Parameter Store, throttling',
    settings: { type: 'ssm', endpoint: aws.origin, region },
    env: {},
    files: one,
  },
  {
    title: 'Secrets Manager, throttling',
    settings: { type: 'secretsmanager', endpoint: aws.origin, region },
    env: {},
    files: one,
  },
  {
    title: 'Vault, throttling',
    settings: { type: 'vault', address: hashicorp.origin },
    env: { VAULT_TOKEN: 'root' },
    files: one,
  },
]

/** Moto cannot list versions. */
async function countVersions(endpoint: string, SecretId: string): Promise<number> {
  const { DescribeSecretCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager')
  const client = new SecretsManagerClient({ endpoint, region })
  return Object.keys((await client.send(new DescribeSecretCommand({ SecretId }))).VersionIdsToStages ?? {})
    .length
}

/** What a migration that nobody disturbs makes of the project. */
async function undisturbed(target: FireTarget) {
  const project = await makeFiredAt(target)
  const before = await project.look()
  const { code, text, ms } = await project.run(migrateArguments(target))
  expect({ code, text: code === 0 ? '' : text }).toEqual({ code: 0, text: '' })
  const after = await project.look(true)
  const undone = await project.run(['migrate', '--undo', '--yes'])
  expect({ code: undone.code, text: undone.code === 0 ? '' : undone.text }).toEqual({ code: 0, text: '' })
  expect(await project.look()).toEqual(before)
  return { before, after, ms, undoMs: undone.ms }
}
type Undisturbed = Awaited<ReturnType<typeof undisturbed>>

async function resume(project: FiredAt, { after }: Undisturbed): Promise<void> {
  await project.goOn({ resume: true })
  expect(await project.look(true)).toEqual(after)
}

async function undo(project: FiredAt, { before }: Undisturbed): Promise<void> {
  // Killed after its last step, an undo is done.
  await project
    .goOn({ undo: true })
    .catch(error => expect(error.message).toBe('there is no migration that is not undone'))
  expect(await project.look()).toEqual(before)
}

/** The same numbers in each run. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

test.each(targets)('$title: killed wherever it syncs', { timeout: 3_600_000 }, async target => {
  const usual = await undisturbed(target)
  const step = steps[target.settings.type === 'local' && target.files.length === 1 ? 'local' : 'other']
  let kills = 0
  for (let point = 1; ; point += step) {
    const project = await makeFiredAt(target)
    const { code } = await project.run(migrateArguments(target), `${point}:after`)
    if (code !== null) break
    kills++
    if (!project.hasBegun()) expect(await project.look()).toEqual(usual.before)
    else {
      if (kills % 2) await resume(project, usual)
      await undo(project, usual)
    }
    project.remove()
  }
  expect(kills).toBeGreaterThan(20 / step)
  // As many points again while it is undone.
  for (let point = 1; ; point += step) {
    const project = await makeFiredAt(target)
    await project.run(migrateArguments(target))
    const { code } = await project.run(['migrate', '--undo', '--yes'], `${point}:after`)
    if (code !== null) break
    await undo(project, usual)
    project.remove()
  }
})

test.each(targets)('$title: killed at random times', { timeout: 3_600_000 }, async target => {
  const usual = await undisturbed(target)
  const random = createRandom(7)
  for (let i = 0; i < KILLS; i++) {
    const project = await makeFiredAt(target)
    const isUndo = i % 5 === 4
    if (isUndo) {
      expect((await project.run(migrateArguments(target))).code).toBe(0)
      const { code } = await project.run(['migrate', '--undo', '--yes'], random() * usual.undoMs)
      if (code === 0) {
        expect(await project.look()).toEqual(usual.before)
        project.remove()
        continue
      }
    } else await project.run(migrateArguments(target), random() * usual.ms * 1.05)
    if (!project.hasBegun()) expect(await project.look()).toEqual(usual.before)
    else if (isUndo || i % 5 === 3) await undo(project, usual)
    else {
      if (i % 5 === 2) await project.run(['migrate', '--resume'], random() * usual.ms)
      await resume(project, usual)
      await undo(project, usual)
    }
    project.remove()
  }
})
