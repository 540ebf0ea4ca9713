import { type CharClass, classOfPoints } from './char-class.ts'

/** The class of `\p{name}`, a general category or script, by this Node's Unicode tables; undefined when there is none. */
export function findUnicodeClass(name: string): CharClass | undefined {
  const members = name === 'Any' ? /[\s\S]+/gu : propertyExpression(name)
  if (!members) return undefined
  const ranges: [number, number][] = []
  for (const { 0: run } of allPoints().matchAll(members)) addRanges(run, ranges)
  return classOfPoints(ranges)
}

function propertyExpression(name: string): RegExp | undefined {
  if (!/^\w+$/.test(name)) return undefined
  for (const property of [`General_Category=${name}`, `Script=${name}`]) {
    try {
      return new RegExp(`\\p{${property}}+`, 'gu')
    } catch {
      // Not a name of this kind.
    }
  }
  return undefined
}

/** Every code point in order, without surrogates. */
function allPoints(): string {
  const pieces: string[] = []
  for (let low = 0; low <= 0x10ffff; low += 0x400) {
    if (low >= 0xd800 && low <= 0xdfff) continue
    pieces.push(String.fromCodePoint(...Array.from({ length: 0x400 }, (_, index) => low + index)))
  }
  return pieces.join('')
}

function addRanges(run: string, ranges: [number, number][]): void {
  for (const character of run) {
    const point = character.codePointAt(0)!
    const last = ranges.at(-1)
    if (last && last[1] + 1 === point) last[1] = point
    else ranges.push([point, point])
  }
}
