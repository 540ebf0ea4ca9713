import { type RunList, shortestRun } from './run-list.ts'

const isWord = new Uint8Array(256)
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_') {
  isWord[character.charCodeAt(0)] = 1
}

const pair = new Int32Array(2)

/** Looks first at where a run that is long enough would end, so that most bytes of a text are never looked at. */
export function findRuns(bytes: Uint8Array, length: number, runs: RunList): void {
  let start = 0
  while (start + shortestRun <= length) {
    let at = start + shortestRun - 1
    while (at >= start && isWord[bytes[at]!]) at--
    if (at >= start) {
      start = at + 1
      continue
    }
    let end = start + shortestRun
    while (end < length && isWord[bytes[end]!]) end++
    pair[0] = start
    pair[1] = end
    runs.append(pair, 2, 0)
    start = end + 1
  }
}
