/** Durations of ISO 8601 on UTC's calendar. */

interface Duration {
  months: number
  days: number
  seconds: number
}

const form = /^P(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

export function isDuration(text: string): boolean {
  return form.test(text) && text !== 'P' && !text.endsWith('T')
}

/**
 * The moment a duration after another one. A month later is the same day of the next month, or its last one. Business days
 * leave out Saturdays and Sundays; of public holidays nothing is known here.
 */
export function addDuration(start: Date, text: string, days: 'calendar' | 'business' = 'calendar'): Date {
  const duration = parseDuration(text)
  const date = addMonths(start, duration.months)
  if (days === 'business') addBusinessDays(date, duration.days)
  else date.setUTCDate(date.getUTCDate() + duration.days)
  return new Date(date.getTime() + duration.seconds * 1000)
}

function parseDuration(text: string): Duration {
  const [, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = (form.exec(text) ?? []).map(part =>
    part === undefined ? undefined : Number(part),
  )
  return { months, days, seconds: hours * 3600 + minutes * 60 + seconds }
}

function addMonths(start: Date, months: number): Date {
  const date = new Date(start)
  date.setUTCMonth(date.getUTCMonth() + months)
  // The 31st of a month with fewer days has run over into the next one.
  if (months > 0 && date.getUTCDate() < start.getUTCDate()) date.setUTCDate(0)
  return date
}

function addBusinessDays(date: Date, days: number): void {
  for (let left = days; left > 0; ) {
    date.setUTCDate(date.getUTCDate() + 1)
    if (date.getUTCDay() % 6 !== 0) left--
  }
}

/** `3 d 4 h`, `12 min`, `45 s`: the two largest parts. */
export function describeSeconds(seconds: number): string {
  const units: [string, number][] = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ]
  let rest = Math.abs(Math.round(seconds))
  const parts: string[] = []
  for (const [name, size] of units) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count} ${name}`)
    if (parts.length === 2 || (parts.length === 1 && count === 0)) break
  }
  return parts.join(' ') || '0 s'
}
