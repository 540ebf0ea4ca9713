import { readFileSync } from 'node:fs'
import { assetPath } from './system/assets.ts'

const manifest: unknown = JSON.parse(readFileSync(assetPath('package.json'), 'utf8'))

/** The version in package.json. */
export const version = String((manifest as { version: unknown }).version)
