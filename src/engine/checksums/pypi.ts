/** Version 2 of the macaroon format, field "location", as it begins every API token of a Python package index. */
const head = /^pypi-Ag([A-Za-z0-9_-]+)$/
const locationTag = 1

/**
 * `pypi-` + a macaroon in base64url, whose location is the host of the index.
 * https://github.com/rescrv/libmacaroons/blob/master/doc/format.txt
 */
export function checkPypi(secret: string): 'valid' | 'invalid' {
  if (!head.test(secret)) return 'invalid'
  const bytes = Buffer.from(secret.slice('pypi-'.length), 'base64url')
  const length = bytes[2] ?? 0
  const location = bytes.subarray(3, 3 + length).toString('latin1')
  const isSound = bytes[0] === 2 && bytes[1] === locationTag && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(location)
  return isSound && bytes.length > 3 + length + 32 ? 'valid' : 'invalid'
}
