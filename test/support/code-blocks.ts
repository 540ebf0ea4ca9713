import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The blocks of one language in a page of docs/, in their order. */
export function codeBlocks(page: string, language: string): string[] {
  const text = readFileSync(fileURLToPath(new URL(`../../docs/${page}`, import.meta.url)), 'utf8')
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, name, block]) =>
    name === language && block !== undefined ? [block] : [],
  )
}
