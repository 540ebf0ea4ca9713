import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ExitCode, UserError } from '../../errors.ts'
import { runProcess } from '../../system/process.ts'
import type { Context } from '../context.ts'
import { writeText } from '../write-text.ts'
import { searchAll } from './find-subject.ts'
import { authorOf, createIncident, incidentsDirectory, makeBase } from './incident-store.ts'
import { prepareOpening, type StartOptions } from './start.ts'

/** Of the repository of a drill, in the folder of its incident. */
export const DRILL_REPOSITORY = 'repository'

/**
 * Opens an incident about a key that was never issued, which leaked into a small repository made for it. Everything can be
 * practised on it, the purge of the history, too.
 */
export async function startDrill(options: StartOptions, context: Context): Promise<number> {
  const base = incidentsDirectory(options, context.cwd)
  makeBase(base, options.dir === undefined)
  const draft = mkdtempSync(join(base, '.drill-'))
  try {
    await makeRepository(draft, context.now())
    const inside = { ...context, cwd: draft }
    const [found] = await searchAll(draft, undefined, inside)
    if (!found) throw new Error('the drill leaks nothing')
    const opening = await prepareOpening(
      { ...options, finding: found.fingerprint, exposed: 'public' },
      inside,
    )
    const day = context.now().toISOString().slice(0, 10)
    const { folder, incident } = await createIncident(
      options,
      context,
      authorOf(options, context),
      `${day}-drill`,
      id => ({
        ...opening,
        id,
        isDrill: true,
      }),
    )
    renameSync(draft, join(folder.path, DRILL_REPOSITORY))
    await writeText(context.stdout, describe(incident.id, join(folder.shownAs, DRILL_REPOSITORY)))
    return ExitCode.clean
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function describe(id: string, repository: string): string {
  return `A made-up key has leaked: ${id}.
Nothing of this is real, nobody is asked anything.
It leaked into the repository ${repository}

What was found:
  stanch scan --history ${repository}
What to do now:
  stanch incident next --incident ${id}
The same on a screen (d for done, w to waive, ? for help):
  stanch incident resume --incident ${id}
At the end:
  stanch incident report --incident ${id} --format html > report.html
`
}

const DAY = 86_400_000

/** Five days of a shop: begun, the key committed, released, taken out again. */
async function makeRepository(directory: string, now: Date): Promise<void> {
  const key = ['sk', 'live', randomBytes(24).toString('base64').replace(/[+/]/g, 'x')].join('_')
  await git(directory, now, ['init', '-q', '-b', 'main'])
  const commit = async (daysAgo: number, message: string, files: Readonly<Record<string, string>>) => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true })
      writeFileSync(join(directory, name), content)
    }
    const date = new Date(now.getTime() - daysAgo * DAY)
    await git(directory, date, ['add', '-A'])
    await git(directory, date, ['commit', '-qm', message])
  }
  await commit(5, 'Begin', { 'README.md': '# Shop\n' })
  await commit(3, 'Take payments', { 'src/pay.js': `const stripe = require('stripe')('${key}')\n` })
  await git(directory, now, ['tag', 'v1.0.0'])
  await commit(1, 'Read the key from the environment', {
    'src/pay.js': "const stripe = require('stripe')(process.env.STRIPE_KEY)\n",
  })
}

async function git(cwd: string, date: Date, args: readonly string[]): Promise<void> {
  const env = {
    PATH: process.env.PATH,
    HOME: cwd,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Drill',
    GIT_AUTHOR_EMAIL: 'drill@example.invalid',
    GIT_COMMITTER_NAME: 'Drill',
    GIT_COMMITTER_EMAIL: 'drill@example.invalid',
    GIT_AUTHOR_DATE: date.toISOString(),
    GIT_COMMITTER_DATE: date.toISOString(),
  }
  const { code, stderr } = await runProcess('git', args, { cwd, env })
  if (code !== 0)
    throw new UserError(`git ${args[0]} failed: ${stderr.trim()}`, 'The drill needs git: install it.')
}
