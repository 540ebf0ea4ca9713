/** Variables that open a kind of store: who has read it by them does not hand them to the child. */
const credentials: Readonly<Record<string, RegExp>> = {
  azure: /^AZURE_/,
  doppler: /^DOPPLER_/,
  gcp: /^GOOGLE_APPLICATION_CREDENTIALS$/,
  github: /^(?:GITHUB|GH)_TOKEN$/,
  infisical: /^INFISICAL_/,
  onepassword: /^OP_(?:SERVICE_ACCOUNT_TOKEN|CONNECT_|SESSION)/,
  secretsmanager: /^AWS_/,
  ssm: /^AWS_/,
  vault: /^VAULT_(?:TOKEN|ROLE_ID|SECRET_ID)$/,
}
/** Ours: where the local vault's identity and its passphrase are. */
const own = /^STANCH_/

/** @param types kinds of stores that were read */
export function createCredentialTest(types: Iterable<string>): (name: string) => boolean {
  const patterns = [own, ...[...types].flatMap(type => credentials[type] ?? [])]
  return name => patterns.some(pattern => pattern.test(name))
}

export function isOwnVariable(name: string): boolean {
  return own.test(name)
}
