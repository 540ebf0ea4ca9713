import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readIncidentData } from '../../src/incident/data/incident-data.ts'
import type { EntryBody } from '../../src/incident/journal/entry.ts'
import { emptyHead, readLines, writeLine } from '../../src/incident/journal/hash-chain.ts'
import { type Incident, readIncident } from '../../src/incident/journal/incident.ts'
import { makePlan, type PlanRequest } from '../../src/incident/plan/make-plan.ts'

const rules = fileURLToPath(new URL('../../rules/', import.meta.url))

export const incidentData = readIncidentData(name => readFileSync(`${rules}incident/${name}`, 'utf8'))

export const shopResponse = {
  exposes: 'Orders of all customers.',
  strategy: 'concurrent',
  propagation: 'PT5M',
  quirks: ['403 is a restricted key'],
  identify: {
    class: 'self',
    steps: ['curl -sS -H @- https://shop.invalid/me'],
    source: 'https://shop.invalid/docs',
    quirks: ['the call is logged'],
  },
  revoke: {
    class: 'owner',
    steps: ['shop keys disable $KEY_ID', 'After the audit: shop keys delete $KEY_ID'],
    quirks: [],
  },
  rotate: { class: 'owner', steps: ['shop keys create'], quirks: [] },
  audit: { class: 'owner', steps: ['shop logs --key $KEY_ID'], quirks: [] },
} as const satisfies PlanRequest['response']

export const start = '2026-11-26T03:00:00.000Z'

/** The journal of an incident at the imaginary shop: opened, then these entries, a minute apart. */
export function writeJournal(request: Partial<PlanRequest>, bodies: readonly EntryBody[]): string {
  const plan = makePlan(incidentData, {
    provider: 'shop',
    response: shopResponse,
    severity: 'critical',
    exposed: 'public',
    ...request,
  })
  const opened: EntryBody = {
    type: 'opened',
    id: 'shop-1',
    rules: incidentData.version,
    isDrill: false,
    finding: {
      fingerprint: `st1:${'0123456789'.repeat(2)}`,
      rule: 'shop-key',
      description: 'Shop key',
      masked: 'shop…(32)…9f2a',
    },
    facts: {
      places: ['src/a.ts:3:14'],
      placeCount: 1,
      firstCommit: {
        commit: 'a1b2c3'.repeat(6),
        author: 'Ada',
        date: '2026-11-20T00:00:00Z',
        path: 'src/a.ts',
      },
      commits: [],
      refs: ['refs/heads/main'],
      tags: ['v1'],
      images: [],
      envFiles: [],
      unreachable: 0,
      remotes: [],
      warnings: [],
    },
    clocks: {
      exposure: { time: '2026-11-20T00:00:00.000Z', source: 'first commit' },
      detection: { time: start, source: 'given' },
      response: { time: start, source: 'opened' },
    },
    plan,
  }
  let head = emptyHead
  let text = ''
  for (const [i, body] of [opened, ...bodies].entries()) {
    const at = new Date(Date.parse(start) + i * 60_000).toISOString()
    const line = writeLine(head, at, 'ada', body)
    head = { seq: i + 1, hash: line.slice(-66, -2) }
    text += `${line}\n`
  }
  return text
}

export function makeIncident(
  request: Partial<PlanRequest> = {},
  bodies: readonly EntryBody[] = [],
): Incident {
  const incident = readIncident(readLines('journal', writeJournal(request, bodies)))
  if (!incident) throw new Error('the journal opens no incident')
  return incident
}

/** A step done so many minutes after the start. */
export function done(step: string, minutes: number, evidence?: string): EntryBody {
  const doneAt = new Date(Date.parse(start) + minutes * 60_000).toISOString()
  return { type: 'done', step, doneAt, ...(evidence === undefined ? {} : { evidence }) }
}
