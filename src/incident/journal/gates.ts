/** What an incident does not let pass. */
import { UserError } from '../../errors.ts'
import { nearest } from '../../settings/nearest.ts'
import type { Step } from '../plan/plan.ts'
import { type Incident, openNeeds, recordOf } from './incident.ts'

/** @throws UserError with the nearest name */
export function findStep({ plan }: Incident, id: string): Step {
  const step = plan.steps.find(known => known.id === id)
  if (step) return step
  const names = plan.steps.map(known => known.id)
  const near = nearest(id, names)
  throw new UserError(
    `there is no step "${id}"`,
    near ? `Did you mean ${near}?` : `Steps: ${names.join(', ')}.`,
  )
}

/**
 * Evidence comes before destruction, and a purge only after the value is verified dead: so say the steps' needs. An audit
 * is never done with what leaked.
 * @throws UserError for a step whose needs are open
 */
export function checkDone(
  incident: Incident,
  step: Step,
  principal: string | undefined,
  evidence?: string | undefined,
): void {
  checkIsOpen(incident)
  const open = openNeeds(incident, step)
  if (open.length > 0)
    throw new UserError(
      `step "${step.id}" needs ${open.map(id => `"${id}"`).join(', ')} first`,
      `Do it: stanch incident done ${open[0]}, or say why not: stanch incident waive ${open[0]} --reason TEXT.`,
    )
  if (principal !== undefined && isLeaked(incident, principal))
    throw new UserError(
      `step "${step.id}" was done with the leaked credential`,
      `What it shows may be what an intruder lets you see. Do it again with another one, and name that; or say why not: stanch incident waive ${step.id} --reason TEXT.`,
    )
  if (step.id === 'audit' && principal === undefined && evidence !== undefined)
    checkAuditor(incident, step, evidence)
}

/**
 * An audit's evidence that speaks of the leaked principal leaves open who asked, unless the one who did is named.
 * @throws UserError
 */
function checkAuditor(incident: Incident, step: Step, evidence: string): void {
  const words = evidence.split(/[\s"'`,;=[\]{}]+/).map(word => word.replace(/[.:!?]+$/, ''))
  const isNamed = /\bleaked (?:access |api |secret )?(?:key|credential|principal|token|user|account)\b/i.test(
    evidence,
  )
  if (!isNamed && !words.some(word => showsLeaked(incident, word))) return
  throw new UserError(
    `the evidence of step "${step.id}" names the leaked principal`,
    `Name the credential that the audit was done with: --principal NAME. With none but the leaked one: stanch incident waive ${step.id} --reason TEXT.`,
  )
}

/** A principal is called by a name or an id, of which the masked value may show the ends. */
function isLeaked(incident: Incident, principal: string): boolean {
  const name = principal.trim().toLowerCase()
  return showsLeaked(incident, name) || name === 'leaked' || name === `leaked ${incident.plan.provider}`
}

function showsLeaked({ finding }: Incident, word: string): boolean {
  const name = word.toLowerCase()
  const [head = '', tail = ''] = finding?.masked.split(/…\(\d+\)…/) ?? []
  const shows = head.length >= 4 && name.startsWith(head.toLowerCase()) && name.endsWith(tail.toLowerCase())
  return shows || name === finding?.fingerprint
}

/** @throws UserError */
export function checkWaiver(incident: Incident, step: Step, reason: string): void {
  checkIsOpen(incident)
  if (reason.trim() === '')
    throw new UserError(`step "${step.id}" cannot be waived without a reason`, 'Give --reason TEXT.')
  if (step.id === 'close')
    throw new UserError('the step "close" cannot be waived', 'Close the incident: stanch incident close.')
  if (recordOf(incident, step.id).state === 'done')
    throw new UserError(`step "${step.id}" is done`, 'What is done needs no waiver.')
}

/** @throws UserError for a closed incident */
export function checkIsOpen({ id, isClosed }: Incident): void {
  if (isClosed) throw new UserError(`incident ${id} is closed`, 'Start a new one: stanch incident start.')
}

/**
 * @param openChildren incidents that began in this one and are not closed
 * @throws UserError while anything is open
 */
export function checkClose(incident: Incident, openChildren: readonly string[]): void {
  checkIsOpen(incident)
  const open = incident.plan.steps.filter(
    ({ id }) => id !== 'close' && recordOf(incident, id).state === 'open',
  )
  if (open.length > 0)
    throw new UserError(
      `incident ${incident.id} cannot be closed: ${open.length} steps are open: ${open.map(({ id }) => id).join(', ')}`,
      `Do them, or say why not: stanch incident waive ${open[0]?.id} --reason TEXT.`,
    )
  if (openChildren.length > 0)
    throw new UserError(
      `incident ${incident.id} cannot be closed: ${openChildren.join(', ')} began in it and is open`,
      `Close it first: stanch incident close --incident ${openChildren[0]}.`,
    )
}
