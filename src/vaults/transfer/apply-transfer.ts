import type { Vault } from '../vault.ts'
import type { Transfer } from './plan-transfer.ts'

/** Writes what the plan says; what came in between since then is not overwritten, where the store can tell. */
export async function applyTransfer(
  target: Required<Pick<Vault, 'put'>> & Vault,
  plan: readonly Transfer[],
  tell: (transfer: Transfer) => void,
): Promise<void> {
  const { conditionalPut } = target.limits()
  for (const transfer of plan) {
    const { name, value, action, version } = transfer
    if (action === 'create') await target.put(name, value, { ifAbsent: true })
    else if (action === 'overwrite')
      await target.put(name, value, { ifVersion: conditionalPut.ifVersion ? version : undefined })
    else continue
    tell(transfer)
  }
}
