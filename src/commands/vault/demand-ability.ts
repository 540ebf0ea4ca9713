import { UserError } from '../../errors.ts'
import type { Vault } from '../../vaults/vault.ts'

type Ability = 'put' | 'remove' | 'history'

const says: Record<Ability, string> = {
  put: 'cannot be written to',
  remove: 'cannot delete',
  history: 'keeps no versions',
}

/** @throws UserError where the vault cannot do it */
export function demandAbility<A extends Ability, V extends Vault>(
  vault: V,
  ability: A,
): V & Required<Pick<Vault, A>> {
  if (can(vault, ability)) return vault
  throw new UserError(
    `${vault.store} ${says[ability]}`,
    'Choose another vault with --vault, or see docs/vaults.md for what each can do.',
  )
}

function can<A extends Ability, V extends Vault>(
  vault: V,
  ability: A,
): vault is V & Required<Pick<Vault, A>> {
  return vault[ability] !== undefined
}
