import { homedir } from 'node:os'
import type { HomeFact, ProjectFacts } from '../../../hygiene/facts.ts'
import { exposedFiles } from '../../../hygiene/problem.ts'
import type { EnvReader } from '../facts/env-text.ts'
import { findUnguardedAgents } from './agents.ts'
import { findEditorCopies } from './editors.ts'
import { findShellSecrets } from './shells.ts'
import { findTranscripts } from './transcripts.ts'
import { createValueFinder } from './value-finder.ts'

/** What lies in the home directory: copies that editors keep, commands that shells remember, agents without a bar. */
export function readHome(
  env: NodeJS.ProcessEnv,
  root: string,
  facts: ProjectFacts,
  reader: EnvReader,
): HomeFact[] {
  const home = env.HOME || homedir()
  const names = new Map(
    facts.files.flatMap(({ keys }) => keys.map(({ digest, name }) => [digest, name] as const)),
  )
  const findValues = createValueFinder(reader.values, digest => names.get(digest))
  const isExposed = exposedFiles(facts).length > 0
  return [
    ...findEditorCopies(home, root, isExposed, findValues),
    ...findShellSecrets(home, reader, findValues),
    ...(isExposed ? findUnguardedAgents(home, facts) : []),
    ...findTranscripts(home, findValues),
  ]
}
