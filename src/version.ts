import { readFileSync } from 'node:fs'

const manifest: unknown = JSON.parse(readFileSync(`${import.meta.dirname}/../package.json`, 'utf8'))

/** The version in package.json, which stands one folder above both src/ and dist/. */
export const version = String((manifest as { version: unknown }).version)
