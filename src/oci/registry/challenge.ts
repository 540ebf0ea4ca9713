/** What a registry wants to see before it answers (RFC 9110 §11.6.1; https://distribution.github.io/distribution/spec/auth/token/). */
export type Challenge =
  | { scheme: 'basic' }
  | { scheme: 'bearer'; realm: string; service?: string; scope?: string }

/** The first challenge of a `WWW-Authenticate` header that we can meet; a bearer token is preferred. */
export function parseChallenge(header: string): Challenge | undefined {
  const bearer = /(?:^|,)\s*bearer\s+(.*)/is.exec(header)
  if (bearer) {
    const parameters = new Map(
      [...(bearer[1] ?? '').matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g)].map(found => [
        (found[1] ?? '').toLowerCase(),
        (found[2] ?? found[3] ?? '').replace(/\\(.)/g, '$1'),
      ]),
    )
    const realm = parameters.get('realm')
    const [service, scope] = [parameters.get('service'), parameters.get('scope')]
    if (realm)
      return {
        scheme: 'bearer',
        realm,
        ...(service === undefined ? {} : { service }),
        ...(scope === undefined ? {} : { scope }),
      }
  }
  return /(?:^|,)\s*basic\b/i.test(header) ? { scheme: 'basic' } : undefined
}
