import { createHash } from 'node:crypto'
import { decodeBytes, parse } from '../../src/dotenv/parse.ts'
import { print } from '../../src/dotenv/print.ts'

const words = /^(?:true|false|null|none|yes|no|on|off|\d{1,5})$/i
const secretNames = /SECRET|TOKEN|PASSW|_KEY$|_PASS$/
/** What gives a value its shape: references, schemes, escapes. */
const kept = /\$\{[^}]*\}|\$\w+|^[a-z][\w+.-]*:\/\/|\\[a-z]/gi

/** A .env text with other letters and digits in its values: quotes, signs, references and comments stay. Same input, same output. */
export function makeUp(bytes: Buffer, seed: string): Buffer {
  return print(
    parse(bytes).map(token => {
      if (token.kind !== 'entry') return token
      const name = decodeBytes(token.key)
      // Node would not start with options that are none.
      if (name === 'NODE_OPTIONS') return token
      const random = createRandom(`${seed} ${name}`)
      // Examples leave out what is secret: half of these get a value.
      const isFilled =
        token.value === '' && token.quote === 'none' && secretNames.test(name) && random() < 0.5
      return { ...token, value: isFilled ? hex(random, 32) : replaceLetters(token.value, random) }
    }),
  )
}

function replaceLetters(value: string, random: () => number): string {
  if (words.test(value)) return value
  let text = ''
  let at = 0
  for (const { 0: part, index } of value.matchAll(kept)) {
    text += scramble(value.slice(at, index), random) + part
    at = index + part.length
  }
  return text + scramble(value.slice(at), random)
}

function scramble(text: string, random: () => number): string {
  return text.replace(/[a-z]|[A-Z]|\d/g, letter => {
    if (/\d/.test(letter)) return String(Math.floor(random() * 10))
    const base = letter < 'a' ? 65 : 97
    return String.fromCharCode(base + Math.floor(random() * 26))
  })
}

function hex(random: () => number, length: number): string {
  return Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')
}

function createRandom(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
