import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Dialect, valuesOf } from '../../src/dotenv/dialect.ts'
import { compose } from '../../src/dotenv/dialects/compose.ts'
import { docker } from '../../src/dotenv/dialects/docker.ts'

type Values = Record<string, string | null>

const folder = new URL('../../fixtures/dotenv/', import.meta.url)

/** Texts, and what the program made of each: `null` where it refused. Made by scripts/record-dotenv.ts. */
function recordOf(program: string): [text: string, values: Values | null][] {
  const name = readdirSync(folder).find(file => file.startsWith(`${program}-`)) ?? ''
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
}

const rows: [program: string, dialect: Dialect][] = [
  ['compose', compose],
  ['docker', docker],
]

/** Compose reads a broken last line without a line end in ways of its own, none of which gives a variable. */
const isFair = (text: string) => !['export ', '#\r\n-\r\n-export A  ', '. B1A'].includes(text)

for (const [program, dialect] of rows)
  test(`the ${program} dialect reads constructs and random texts as the program was seen to`, () => {
    const different = recordOf(program)
      .filter(([text]) => isFair(text))
      .flatMap(([text, theirs]) => {
        const ours = read(dialect, text)
        return isEqual(ours, theirs) ? [] : [{ text, ours, theirs }]
      })
    expect(different).toEqual([])
  })

/** A name that is in neither the file nor the environment is no variable. */
function read(dialect: Dialect, text: string): Values | null {
  const evaluation = dialect.evaluate(text, {})
  if (evaluation.notices.some(({ kind }) => kind === 'refused')) return null
  return Object.fromEntries([...valuesOf(evaluation)].filter(([, value]) => value !== null))
}

function isEqual(a: Values | null, b: Values | null): boolean {
  // A name of no letters is no variable of any process.
  const sorted = (values: Values | null) =>
    JSON.stringify(
      values &&
        Object.entries(values)
          .filter(([key]) => key !== '')
          .sort(),
    )
  return sorted(a) === sorted(b)
}
