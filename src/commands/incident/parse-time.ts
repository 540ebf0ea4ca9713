import { UserError } from '../../errors.ts'

const back: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * `2026-11-26T03:12Z`, `now`, or how long ago: `20m`, `2h`, `3d`. A time without a zone is UTC.
 * @throws UserError for anything else, and for the future
 */
export function parseTime(text: string, now: Date, isFutureAllowed = false): Date {
  const [, count, unit] = /^-?(\d+)\s*([smhd])(?: ago)?$/.exec(text.trim()) ?? []
  const time =
    text.trim() === 'now'
      ? now
      : count !== undefined && unit !== undefined
        ? new Date(now.getTime() - Number(count) * (back[unit] ?? 0))
        : parseDate(text.trim())
  if (time === undefined || Number.isNaN(time.getTime()))
    throw new UserError(`"${text}" is no time`, 'Write 2026-11-26T03:12Z, or how long ago: 20m, 2h, 3d.')
  if (time.getTime() > now.getTime() + 60_000 && !isFutureAllowed)
    throw new UserError(`${time.toISOString()} lies in the future`, 'Check the time and its zone.')
  return time
}

function parseDate(text: string): Date | undefined {
  const [, day, clock = '00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s*(Z|[+-]\d\d:?\d\d)?)?$/i.exec(text) ?? []
  return day === undefined ? undefined : new Date(`${day}T${clock}${zone.toUpperCase()}`)
}
