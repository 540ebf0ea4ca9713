import { readFileSync } from 'node:fs'
import { type IncidentData, readIncidentData } from '../../incident/data/incident-data.ts'
import { assetPath } from '../../system/assets.ts'

/** The built-in checklist, strategies, regimes of law and trap keys. */
export function loadIncidentData(): IncidentData {
  return readIncidentData(name => readFileSync(assetPath(`rules/incident/${name}`), 'utf8'))
}
