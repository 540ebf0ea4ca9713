import type { Checksum } from '../judge.ts'
import { checkBasicCredentials } from './basic-credentials.ts'
import { checkUrlPassword } from './url-password.ts'

/** Validators by the name that a rule gives in `checksum`. */
export const checksums = {
  'basic-credentials': checkBasicCredentials,
  'url-password': checkUrlPassword,
} satisfies Record<string, Checksum>
