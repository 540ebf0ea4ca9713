import type { MissingPolicy } from '../../templates/evaluate.ts'
import type { VaultOptions } from '../open-vault.ts'

export interface RunOptions extends VaultOptions {
  /** True: the one of the stage, which must be there. */
  template?: string | true
  envFile?: readonly string[]
  only?: readonly string[]
  except?: readonly string[]
  inherit: boolean
  keep?: readonly string[]
  /** Undefined: where CI is set. */
  mask?: boolean
  /** Seconds; true for the usual ones. */
  watch?: number | true
  missing: MissingPolicy
  allowDangerous?: readonly string[]
  passCredentials?: boolean
  quiet?: boolean
}
