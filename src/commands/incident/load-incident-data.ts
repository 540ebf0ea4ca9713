import { type IncidentData, readIncidentData } from '../../incident/data/incident-data.ts'
import { readAsset } from '../../system/assets.ts'

/** The built-in checklist, strategies, regimes of law and trap keys. */
export function loadIncidentData(): IncidentData {
  return readIncidentData(name => readAsset(`rules/incident/${name}`).toString('utf8'))
}
