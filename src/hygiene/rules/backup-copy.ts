import { doubtSecrets } from '../doubt.ts'
import type { EnvFile } from '../facts.ts'
import { type HygieneRule, isSecret, listNames, secretsOf } from '../problem.ts'

export const backupCopy: HygieneRule = {
  severity: 'high',
  summary: 'a copy that somebody or something left behind',
  check: ({ files }) => {
    const originals = files.filter(({ isCopy, kind }) => !isCopy && kind === 'plain')
    const inUse = new Set(originals.flatMap(file => secretsOf(file).map(({ digest }) => digest)))
    return files
      .filter(file => file.isCopy && file.kind !== 'encrypted' && secretsOf(file).length > 0)
      .map(file => describe(file, inUse))
  },
}

function describe(file: EnvFile, inUse: ReadonlySet<string>) {
  const secrets = file.keys.filter(isSecret)
  const same = secrets.filter(({ digest }) => inUse.has(digest))
  const shown = same.length ? same : secrets
  const names = listNames(shown.map(({ name }) => name))
  return {
    path: file.path,
    line: shown[0]?.line ?? 1,
    key: shown[0]?.name ?? '',
    severity: 'high' as const,
    ...doubtSecrets(shown, file),
    message: same.length
      ? `a copy with secrets that are in use: ${names}`
      : `a copy with secrets in clear: ${names}`,
    fix: 'Delete it, if nobody needs it; else keep it in a vault. Replace secrets of which you do not know who read it.',
  }
}
