import { awsAccountOf } from '../../aws-account.ts'

/**
 * An access key id names its account, and some accounts are nobody's: those that documentation and emulators use.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function checkAwsKeyId(secret: string): 'invalid' | 'unknown' {
  return sampleAccount.test(awsAccountOf(secret) ?? '') ? 'invalid' : 'unknown'
}

/** `123456789012`, `111122223333`, `000000000000`. */
const sampleAccount = /^(?:123456789012|(\d)\1{11}|(\d)\2{3}(\d)\3{3}(\d)\4{3})$/
