import { isSampleToken } from '../../documented-keys.ts'

/**
 * JSON Web Token (RFC 7519): two JSON objects, the first with `alg`, or the second with a registered claim; an encrypted
 * token's second part is none. Structure proves no key, so that a sound token stays `unknown`.
 */
export function checkJwt(secret: string): 'invalid' | 'unknown' {
  const [header, payload] = secret.split('.').slice(0, 2).map(parsePart)
  const isSound = header && payload && ('alg' in header || claims.some(claim => claim in payload))
  return isSound && !isSample(payload) && !isSampleToken(secret) ? 'unknown' : 'invalid'
}

/** Also written with other claims before the subject: nobody's users are numbered so. */
function isSample(payload: object): boolean {
  return 'sub' in payload && payload.sub === '1234567890'
}

/** https://www.rfc-editor.org/rfc/rfc7519#section-4.1 */
const claims = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']

function parsePart(part: string): object | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
