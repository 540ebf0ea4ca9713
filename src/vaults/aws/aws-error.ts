import { SecretError, type SecretErrorAbout, type SecretErrorKind } from '../secret-error.ts'

/** The names of errors in the AWS API models, and those of the SDK's own credential providers. */
const kinds: Record<string, SecretErrorKind> = {
  AccessDenied: 'access-denied',
  AccessDeniedException: 'access-denied',
  CredentialsProviderError: 'unauthenticated',
  DecryptionFailure: 'access-denied',
  EncryptionFailure: 'access-denied',
  ExpiredToken: 'unauthenticated',
  ExpiredTokenException: 'unauthenticated',
  HierarchyTypeMismatchException: 'conflict',
  IncompleteSignature: 'unauthenticated',
  InternalServerError: 'unavailable',
  InternalServiceError: 'unavailable',
  InvalidClientTokenId: 'unauthenticated',
  InvalidKeyId: 'access-denied',
  InvalidSignatureException: 'unauthenticated',
  ParameterAlreadyExists: 'already-exists',
  ParameterNotFound: 'not-found',
  ParameterVersionNotFound: 'version-not-found',
  RequestLimitExceeded: 'throttled',
  ResourceExistsException: 'already-exists',
  ResourceNotFoundException: 'not-found',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  TokenProviderError: 'unauthenticated',
  TooManyRequestsException: 'throttled',
  TooManyUpdates: 'throttled',
  UnrecognizedClientException: 'unauthenticated',
}

/** What AWS says of these names the caller and the right that is missing; other messages may quote a value. */
const quotable: readonly SecretErrorKind[] = ['access-denied', 'unauthenticated']

/** Anything the SDK throws, as one of ours. An aborted call stays what it is. */
export function fromAwsError(error: unknown, about: SecretErrorAbout): unknown {
  if (!(error instanceof Error) || error.name === 'AbortError') return error
  if (error.message.includes('Region is missing'))
    return new SecretError('unavailable', {
      ...about,
      reason: 'no region is set',
      retryable: false,
      hint: 'Set AWS_REGION, or "region" of the vault in .stanch.toml.',
    })
  const kind = kindOf(error)
  const reason = quotable.includes(kind) ? error.message : error.name
  const plain = reason === '' || kind === 'not-found' || kind === 'version-not-found'
  const final = kind === 'unavailable' && isFinal(error) ? { retryable: false } : {}
  return new SecretError(kind, { ...about, ...final, ...(plain ? {} : { reason }) })
}

function kindOf(error: Error): SecretErrorKind {
  if (error.name === 'InvalidRequestException' && /deletion|deleted/.test(error.message))
    return 'pending-deletion'
  if (/^(?:Validation|InvalidParameter)Exception$/.test(error.name)) return 'invalid-name'
  if (/no such|not load credentials/i.test(error.message) && !('$metadata' in error)) return 'unauthenticated'
  return kinds[error.name] ?? 'unavailable'
}

/** A refusal that is in no list, such as a limit of the account: asking again changes nothing. */
function isFinal(error: Error): boolean {
  if (!('$metadata' in error)) return false
  const { httpStatusCode = 0 }: { httpStatusCode?: number } = Object(error.$metadata)
  return httpStatusCode >= 400 && httpStatusCode < 500
}
