import { statSync } from 'node:fs'
import { join } from 'node:path'
import { ExitCode, UserError } from '../../errors.ts'
import type { Incident } from '../../incident/journal/incident.ts'
import { tellDue } from '../../incident/reports/tell-time.ts'
import type { Decision } from '../../tui/incident-state.ts'
import type { Context, GlobalOptions } from '../context.ts'
import { applyDone, applyNote, applyWaiver, type Change } from './apply-change.ts'
import { type IncidentFolder, loadIncident, pickIncident, type StoreOptions } from './incident-store.ts'
import { JOURNAL } from './journal-file.ts'
import { wantsColor } from './show.ts'
import { toShown } from './to-shown.ts'

/**
 * The screen with countdowns. What is decided on it is written down at once, and what others write is seen.
 * @throws UserError without a terminal
 */
export async function resumeIncident(
  options: StoreOptions & GlobalOptions,
  context: Context,
): Promise<number> {
  const { folder, incident } = pickIncident(options, context)
  if (!context.stdout.isTTY || !('isTTY' in context.stdin) || !context.stdin.isTTY)
    throw new UserError(
      'the screen needs a terminal',
      'Without one: stanch incident next, done, waive, note, status.',
    )
  const named = { ...options, incident: incident.id }
  const watch = createWatch(folder)
  const { showIncidentScreen } = await import('../../tui/screens/show-incident.tsx')
  await showIncidentScreen(
    {
      incident: toShown(incident),
      onDecide: async decision => {
        const after = await decide(decision, named, context)
        return { incident: toShown(after.incident), message: describe(decision, after, incident) }
      },
      reload: () => (watch() ? toShown(loadIncident(folder)) : undefined),
      now: () => context.now().getTime(),
      tellDue: (due, now) => tellDue(new Date(due), new Date(now)),
      hasColor: wantsColor(options, context),
    },
    context.stdout,
  )
  return ExitCode.clean
}

function decide({ kind, step, text }: Decision, options: StoreOptions, context: Context): Promise<Change> {
  if (kind === 'note') return applyNote(text, options, context)
  if (kind === 'waive') return applyWaiver(step, { ...options, reason: text }, context)
  return applyDone(step, text === '' ? options : { ...options, evidence: text }, context)
}

function describe({ kind, step }: Decision, { masked, incident }: Change, before: Incident): string {
  if (incident.isClosed && !before.isClosed) return `Closed. stanch incident report --incident ${incident.id}`
  const what = { note: 'Noted.', waive: `${step} is waived.`, done: `${step} is done.` }[kind]
  return masked > 0 ? `${what} ${masked} secret${masked === 1 ? ' was' : 's were'} masked.` : what
}

/** Tells whether the journal has changed since it was asked last. */
function createWatch({ path }: IncidentFolder): () => boolean {
  const size = () => statSync(join(path, JOURNAL), { throwIfNoEntry: false })?.size
  let known = size()
  return () => {
    const before = known
    known = size()
    return known !== before
  }
}
