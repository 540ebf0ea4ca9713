import { type Incident, recordOf } from './incident.ts'

/** Seconds; null where an end is not known. */
export interface Figures {
  /** From the first exposure to the detection. */
  dwellSeconds: number | null
  /** From the detection on. */
  timeToRevokeSeconds: number | null
  timeToVerifiedDeadSeconds: number | null
  /** How long the value could be used: from the first exposure until it was verified dead. */
  exposureSeconds: number | null
}

export function figuresOf(incident: Incident): Figures {
  const { exposure, detection, containment } = incident.clocks
  return {
    dwellSeconds: between(exposure?.time, detection?.time),
    timeToRevokeSeconds: between(detection?.time, doneAt(incident, 'contain')),
    timeToVerifiedDeadSeconds: between(detection?.time, doneAt(incident, 'verify-dead')),
    exposureSeconds: between(exposure?.time, containment?.time),
  }
}

function doneAt(incident: Incident, step: string): string | undefined {
  const { state, doneAt: time } = recordOf(incident, step)
  return state === 'done' ? time : undefined
}

function between(start: string | undefined, end: string | undefined): number | null {
  if (start === undefined || end === undefined) return null
  return Math.round((Date.parse(end) - Date.parse(start)) / 1000)
}
