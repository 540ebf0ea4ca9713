/**
 * Writes docs/providers.md: the providers and their rules, from the rule files.
 *
 *   npm run docs:providers
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readBuiltInRules } from '../src/commands/rule-files.ts'
import { listProviders } from './provider-list.ts'

const page = fileURLToPath(new URL('../docs/providers.md', import.meta.url))
writeFileSync(page, listProviders(readBuiltInRules()))
