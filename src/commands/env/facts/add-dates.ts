import type { Repository } from '../../../git/repository.ts'
import type { EnvFile, KeyFact, Machine } from '../../../hygiene/facts.ts'
import { isSecret } from '../../../hygiene/problem.ts'
import type { EnvReader } from './env-text.ts'
import { Ledger } from './ledger.ts'
import { readRotationDays } from './rotation-days.ts'

interface DateSources {
  repository: Repository | undefined
  reader: EnvReader
  machine: Machine
}

/** Adds since when values are known, and how often their providers want them replaced. */
export async function addDates(
  files: readonly EnvFile[],
  { repository, reader, machine }: DateSources,
): Promise<EnvFile[]> {
  const ledger = repository ? Ledger.open(repository.commonDir) : undefined
  const secrets = files.flatMap(({ keys }) => keys.filter(isSecret))
  const periods = await readRotationDays(
    secrets.flatMap(({ classification }) => classification.provider ?? []),
  )
  const dated = files.map(file => ({
    ...file,
    keys: file.keys.map(key => (isSecret(key) ? addDate(key, file) : key)),
  }))
  if (machine !== 'ci') ledger?.save()
  return dated

  function addDate(key: KeyFact, { path, modified }: EnvFile): KeyFact {
    const firstSeen = ledger?.see(path, key.name, reader.values.get(key.digest) ?? '', modified)
    const rotationDays = periods.get(key.classification.provider ?? '')
    return {
      ...key,
      ...(firstSeen === undefined ? {} : { firstSeen }),
      ...(rotationDays === undefined ? {} : { rotationDays }),
    }
  }
}
