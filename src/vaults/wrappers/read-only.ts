import type { Vault } from '../vault.ts'

/** The vault without the functions that write. */
export function readOnly({ put, remove, restore, ...reading }: Vault): Vault {
  return reading
}
