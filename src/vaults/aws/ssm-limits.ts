import type { VaultSettings } from '../../settings/settings-schema.ts'
import type { VaultLimits } from '../vault.ts'

/** GetParameters and GetParametersByPath take or give no more. */
export const SSM_BATCH = 10

/** AWS's reference of PutParameter; the rate is what accounts have without asking for more. */
export function ssmLimits({ tier }: VaultSettings): VaultLimits {
  return {
    name: {
      pattern: /^(?!\/?(?:aws|ssm))(?:[\w.-]+|(?:\/[\w.-]+){1,15})$/i,
      // 1011 with the ARN in front of it.
      maxLength: 950,
      caseSensitive: true,
      rule: 'letters, digits, "_.-" in at most 15 levels, the first one not beginning with aws or ssm',
    },
    maxBytes: tier === 'Advanced' || tier === 'Intelligent-Tiering' ? 8192 : 4096,
    emptyAllowed: false,
    refusesValue: value =>
      /\{\{.*\}\}/s.test(value)
        ? 'a parameter cannot hold "{{ }}"; encode it, or use another store'
        : undefined,
    batch: SSM_BATCH,
    writesPerSecond: 3,
    conditionalPut: { ifAbsent: true, ifVersion: false },
    versions: true,
    readable: true,
  }
}
