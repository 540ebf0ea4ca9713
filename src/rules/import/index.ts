import type { RuleReader } from './imported.ts'
import { readKingfisher } from './kingfisher.ts'
import { readNoseyParker } from './noseyparker.ts'
import { readGitleaksRules } from './read-gitleaks-rules.ts'
import { readTitus } from './titus.ts'

/** Whose rule files can be imported. */
export const ruleReaders = {
  gitleaks: readGitleaksRules,
  betterleaks: readGitleaksRules,
  kingfisher: readKingfisher,
  noseyparker: readNoseyParker,
  titus: readTitus,
} satisfies Record<string, RuleReader>

export type RuleFormat = keyof typeof ruleReaders

export const ruleFormats = Object.keys(ruleReaders) as RuleFormat[]
