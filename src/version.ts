import { readFileSync } from 'node:fs'

const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** The version in package.json, which stands one folder above both src/ and dist/. */
export const version = String((manifest as { version: unknown }).version)
