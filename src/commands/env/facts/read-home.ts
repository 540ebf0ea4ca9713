import type { HomeFact, ProjectFacts } from '../../../hygiene/facts.ts'
import type { EnvReader } from './env-text.ts'

export async function readHome(
  _env: NodeJS.ProcessEnv,
  _root: string,
  _facts: ProjectFacts,
  _reader: EnvReader,
): Promise<HomeFact[]> {
  return []
}
