import { doubtSecrets } from '../doubt.ts'
import { atSecrets, exposedFiles, type HygieneRule, secretsOf } from '../problem.ts'

export const worldReadable: HygieneRule = {
  severity: 'medium',
  summary: 'others on this machine can read it',
  check: ({ files, machine }) =>
    machine === 'ci'
      ? []
      : exposedFiles({ files })
          .filter(({ mode = 0, isReachable, tracked }) => isReachable && !tracked && (mode & 0o077) !== 0)
          .map(file => {
            const mode = file.mode ?? 0
            const others = (mode & 0o007) !== 0
            return {
              ...atSecrets(file),
              ...doubtSecrets(secretsOf(file), file),
              severity: others ? 'medium' : 'low',
              message: `${others ? 'everybody' : 'its group'} on this machine can ${mode & 0o022 ? 'change' : 'read'} it (mode ${mode.toString(8).padStart(4, '0')})`,
              fix: `chmod 600 ${file.path}`,
              repairs: [{ kind: 'chmod' as const, path: file.path, mode: 0o600 }],
            }
          }),
}
