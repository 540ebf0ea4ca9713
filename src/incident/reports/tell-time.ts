import { describeSeconds } from '../plan/duration.ts'

/** `26 Nov 12:05 UTC`. */
export function tellTime(date: Date): string {
  const [day, month] = [date.getUTCDate(), months[date.getUTCMonth()]]
  return `${day} ${month} ${date.toISOString().slice(11, 16)} UTC`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `in 4 min`, `OVERDUE 12 min`. */
export function tellDue(due: Date, now: Date): string {
  const seconds = (due.getTime() - now.getTime()) / 1000
  return seconds < 0 ? `OVERDUE ${describeSeconds(seconds)}` : `in ${describeSeconds(seconds)}`
}
