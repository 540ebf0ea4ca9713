import type { CleanupStep } from '../../migration/journal.ts'
import type { FileChange } from './text-file.ts'

/** What a migration has to know again after a crash, and to be undone. Holds values: it is only written encrypted. */
export interface SealedPlan {
  parts: readonly SealedPart[]
  /** What belongs to no single file: settings, recipes, an example, what git ignores. */
  others: readonly FileChange[]
  /** All that hold plaintext and are touched, as they were. */
  plaintext: readonly PlaintextFile[]
  /** What is done with them, in this order. */
  cleanup: readonly CleanupStep[]
  /** What git's index had of them, as `git ls-files --stage -z` prints it. */
  index: string
}

export interface PlaintextFile {
  path: string
  base64: string
  mode: number
  /** What stays of it; null: nothing. */
  left: string | null
  /** A backup copy, and not what programs read. */
  isCopy: boolean
}

/** One file, which belongs to one stage. */
export interface SealedPart {
  stage: string
  writes: readonly {
    name: string
    value: string
    action: 'create' | 'overwrite'
    version?: string | undefined
  }[]
  /** All entries that the template refers to, with their values. */
  stored: readonly { name: string; value: string }[]
  /** Values that were there before, of those that are overwritten. */
  previous: readonly { name: string; value: string }[]
  /** What the program got before: name and value. */
  variables: readonly (readonly [string, string])[]
  template: FileChange
}

export async function seal(plan: SealedPlan, recipients: readonly string[]): Promise<Uint8Array> {
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return encrypter.encrypt(JSON.stringify(plan))
}

export async function unseal(bytes: Uint8Array, identities: readonly string[]): Promise<SealedPlan> {
  const { Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  return JSON.parse(await decrypter.decrypt(bytes, 'text')) as SealedPlan
}
