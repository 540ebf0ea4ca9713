import type { Content } from '../../model.ts'
import type { FoundMatch } from './blob-scans.ts'
import type { HistoryObjects } from './history-objects.ts'

/** Matches in the text of commits and annotated tags, names and addresses of their authors included. */
export function searchMessages<Found extends FoundMatch>(
  numbers: Iterable<number>,
  objects: HistoryObjects,
  scan: (content: Content) => Found[],
): Found[] {
  const found: Found[] = []
  for (const number of numbers) {
    const id = objects.idOf(number)
    const message = objects.messageOf(id)
    if (!message) continue
    const { objectType, author, date, text } = message
    const origin = { kind: 'message', object: id, objectType, author, date } as const
    found.push(...scan({ bytes: text, origin, path: `${objectType} message` }))
  }
  return found
}
