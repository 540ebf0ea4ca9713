/** What went wrong on the way to a server, for people; final is what another attempt will not mend. */
export function describeNetworkError(error: unknown): { text: string; hint: string; isFinal: boolean } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EPROTO' || /WRONG_VERSION_NUMBER|packet length too long/i.test(code + messageOf(error)))
    return { text: 'it speaks no TLS', hint: 'Add --plain-http for a registry without TLS.', isFinal: true }
  if (/CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ALTNAME/.test(code))
    return {
      text: `its certificate is not trusted (${code})`,
      hint: 'Name the certificate of its issuer: --ca-file FILE, or put it into /etc/docker/certs.d/HOST/ca.crt.',
      isFinal: true,
    }
  if (code === 'ENOTFOUND')
    return { text: 'there is no such host', hint: 'Check the name of the image.', isFinal: true }
  if (code === 'ECONNREFUSED')
    return { text: 'nothing listens there', hint: 'Check the address of the registry.', isFinal: true }
  return { text: code || messageOf(error), hint: 'Try again later.', isFinal: false }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error'
}
