/** A UUID of version 1 tells its time and machine, so that it is no secret; npm's own tokens were of version 4. */
const timed = /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The token of an npm registry in `.npmrc`. */
export function checkNpmAuthToken(secret: string): 'invalid' | 'unknown' {
  return timed.test(secret) ? 'invalid' : 'unknown'
}
