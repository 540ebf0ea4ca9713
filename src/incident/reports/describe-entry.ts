import type { Entry } from '../journal/entry.ts'

/** An entry of the journal in words. */
export function describeEntry(entry: Entry): string {
  switch (entry.type) {
    case 'opened':
      return `opened: ${entry.finding?.description ?? entry.plan.provider}, ${entry.plan.severity}, ${entry.plan.exposed}, strategy ${entry.plan.strategy}`
    case 'assessed':
      return `assessed anew: ${entry.plan.severity}, ${entry.plan.exposed}, strategy ${entry.plan.strategy}: ${entry.reason}`
    case 'done':
      return [
        `${entry.step} done`,
        ...(entry.doneAt === entry.at ? [] : [` at ${entry.doneAt}`]),
        ...(entry.evidence === undefined ? [] : [`: ${entry.evidence}`]),
        ...(entry.file ? [` [${entry.file.name}, SHA-256 ${entry.file.sha256}]`] : []),
        ...(entry.principal === undefined ? [] : [` with ${entry.principal}`]),
      ].join('')
    case 'waived':
      return `${entry.step} waived: ${entry.reason}`
    case 'reopened':
      return `${entry.step} opened again: ${entry.reason}`
    case 'note':
      return `note: ${entry.text}${entry.file ? ` [${entry.file.name}, SHA-256 ${entry.file.sha256}]` : ''}`
    case 'clock':
      return `clock ${entry.name} set to ${entry.time}`
    case 'child':
      return `incident ${entry.id} began in this one`
    case 'closed':
      return 'closed'
  }
}
