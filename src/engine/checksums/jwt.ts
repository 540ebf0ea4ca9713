/**
 * JSON Web Token (RFC 7519): the first part is a JSON object with `alg`, the second (unless encrypted) a JSON object.
 * Structure proves no key, so that a sound token stays `unknown`.
 */
export function checkJwt(secret: string): 'invalid' | 'unknown' {
  const [header = '', payload = ''] = secret.split('.')
  const isSound = 'alg' in (parsePart(header) ?? {}) && parsePart(payload) !== undefined
  return isSound ? 'unknown' : 'invalid'
}

function parsePart(part: string): object | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
