import type { Secret } from '../model.ts'
import { SecretError } from './secret-error.ts'
import type { Vault } from './vault.ts'

/** Why the vault would refuse this entry, told by its limits alone, without asking it. */
export function refusePut(vault: Vault, name: string, value: Secret): SecretError | undefined {
  const named = refuseName(vault, name)
  if (named) return named
  const limits = vault.limits()
  const about = { store: vault.store, stage: vault.stage, names: [name] }
  const text = value.reveal()
  if (text === '' && !limits.emptyAllowed) return new SecretError('empty-not-allowed', about)
  const bytes = Buffer.byteLength(text)
  if (bytes > limits.maxBytes)
    return new SecretError('too-large', { ...about, reason: `${bytes} bytes where ${limits.maxBytes} fit` })
  const reason = limits.refusesValue?.(text)
  return reason === undefined ? undefined : new SecretError('decode', { ...about, reason })
}

/** Why no entry can have this name. */
export function refuseName(vault: Vault, name: string): SecretError | undefined {
  const { pattern, maxLength, rule } = vault.limits().name
  const about = { store: vault.store, stage: vault.stage, names: [name] }
  const address = addressOrRefusal(vault, name)
  if (address instanceof SecretError) return address
  if (address.length > maxLength)
    return new SecretError('invalid-name', { ...about, reason: `longer than ${maxLength} characters` })
  return pattern.test(address) ? undefined : new SecretError('invalid-name', { ...about, reason: rule })
}

function addressOrRefusal(vault: Vault, name: string): string | SecretError {
  try {
    return vault.address(name)
  } catch (error) {
    if (error instanceof SecretError) return error
    throw error
  }
}
