import { X509Certificate } from 'node:crypto'

/** When a JSON Web Token or certificate in the value ends, in milliseconds since 1970; undefined where nothing says so. */
export function endsOfValue(value: string): number | undefined {
  const token = /\beyJ[\w-]{5,}\.(eyJ[\w-]{2,16384})\.[\w-]*/.exec(value)?.[1]
  if (token !== undefined) return readExpiry(token)
  const certificate = /-----BEGIN CERTIFICATE-----[\s\S]{64,16384}?-----END CERTIFICATE-----/.exec(
    value.replaceAll('\\n', '\n'),
  )
  return certificate ? readNotAfter(certificate[0]) : undefined
}

function readExpiry(payload: string): number | undefined {
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    return typeof exp === 'number' && exp > 1e9 && exp < 1e11 ? exp * 1000 : undefined
  } catch {
    return undefined
  }
}

function readNotAfter(pem: string): number | undefined {
  try {
    const ends = Date.parse(new X509Certificate(pem).validTo)
    return Number.isNaN(ends) ? undefined : ends
  } catch {
    return undefined
  }
}
