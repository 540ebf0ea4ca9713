import type { HygieneRule } from '../problem.ts'
import { aiAgent } from './ai-agent.ts'
import { backupCopy } from './backup-copy.ts'
import { ciCopy } from './ci-copy.ts'
import { clientBundle } from './client-bundle.ts'
import { dockerContext } from './docker-context.ts'
import { duplicateKey } from './duplicate-key.ts'
import { duplicateValue } from './duplicate-value.ts'
import { editorHistory } from './editor-history.ts'
import { imageLayer } from './image-layer.ts'
import { inHistory } from './in-history.ts'
import { link } from './link.ts'
import { liveInTest } from './live-in-test.ts'
import { missingExample } from './missing-example.ts'
import { negatedIgnore } from './negated-ignore.ts'
import { notIgnored } from './not-ignored.ts'
import { orphan } from './orphan.ts'
import { packed } from './packed.ts'
import { prodOnDev } from './prod-on-dev.ts'
import { realInExample } from './real-in-example.ts'
import { shellHistory } from './shell-history.ts'
import { staleAge } from './stale-age.ts'
import { tracked } from './tracked.ts'
import { unusedKey } from './unused-key.ts'
import { webRoot } from './web-root.ts'
import { worldReadable } from './world-readable.ts'

/** Every rule, alphabetical. To add one: a file, a line here, a test, a paragraph in docs/env.md. */
export const hygieneRules = {
  'ai-agent': aiAgent,
  'backup-copy': backupCopy,
  'ci-copy': ciCopy,
  'client-bundle': clientBundle,
  'docker-context': dockerContext,
  'duplicate-key': duplicateKey,
  'duplicate-value': duplicateValue,
  'editor-history': editorHistory,
  'image-layer': imageLayer,
  'in-history': inHistory,
  link,
  'live-in-test': liveInTest,
  'missing-example': missingExample,
  'negated-ignore': negatedIgnore,
  'not-ignored': notIgnored,
  orphan,
  packed,
  'prod-on-dev': prodOnDev,
  'real-in-example': realInExample,
  'shell-history': shellHistory,
  'stale-age': staleAge,
  tracked,
  'unused-key': unusedKey,
  'web-root': webRoot,
  'world-readable': worldReadable,
} satisfies Record<string, HygieneRule>

export type HygieneRuleName = keyof typeof hygieneRules

export const hygieneRuleNames = Object.keys(hygieneRules)
