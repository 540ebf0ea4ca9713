import type { Result } from 'sarif'
import type { Severity } from '../model.ts'

export const sarifLevels: Record<Severity, Result.level> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
}

/** `security-severity`. GitHub sorts by this number: over 9.0 critical, from 7.0 high, from 4.0 medium. */
export const sarifScores: Record<Severity, string> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
}
