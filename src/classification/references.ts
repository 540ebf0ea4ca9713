/** Values that are no plaintext: they name where it is kept, or are sealed. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/^encrypted:[A-Za-z0-9+/=]{20,}$/, 'encrypted by dotenvx'],
  [/^ENC\[AES256_GCM,data:/, 'encrypted by SOPS'],
  [/^-----BEGIN AGE ENCRYPTED FILE-----|^age-encryption\.org\//, 'encrypted by age'],
  [/^\$ANSIBLE_VAULT;/, 'encrypted by Ansible Vault'],
  [/^\{cipher\}|^ENC\(.+\)$/, 'encrypted'],
  [/^varlock\(.+\)$|^(?:op|exec|env|ref)\(.*\)$/, 'names an entry of a vault'],
  [/^\{[a-z][\w-]*(?::[^{}]*)?\}$/, 'names an entry of a vault'],
  [
    /^(?:op|vault|ssm|awssm|gcpsm|akv|bw|keeper|infisical|doppler|secretref|ref\+\w+):(?:\/\/)?\S+$/,
    'names an entry of a vault',
  ],
  [/^(?:vault|secret):[\w/.-]+#[\w.-]+$/, 'names an entry of a vault'],
  [/^arn:aws[\w-]*:(?:secretsmanager|ssm|kms):/, 'names an entry of a vault'],
  [/^projects\/[^/]+\/secrets\/[^/]+/, 'names an entry of a vault'],
  [/^@Microsoft\.KeyVault\(/, 'names an entry of a vault'],
  [/^\$\{\{.*\}\}$/, 'filled in by CI'],
  [/^\$\(.*\)$|^`[^`]*`$/, 'filled in by a command'],
  [/^(?:\$\{[A-Za-z_]\w*(?::?[-?+=][^{}]*)?\}|\$[A-Za-z_]\w*)$/, 'taken from another variable'],
  [/^\{\{.*\}\}$|^<%.*%>$|^%\w+%$/, 'filled in by a template'],
]

/** Why the value is none in clear; undefined where it may be. */
export function describeReference(value: string): string | undefined {
  return forms.find(([form]) => form.test(value))?.[1]
}
