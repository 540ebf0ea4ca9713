import type { Incident } from '../journal/incident.ts'

export function reportHtml(incident: Incident, disclaimer: string, now: Date): string {
  return `${incident.id}${disclaimer}${now}`
}
