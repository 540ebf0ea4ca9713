/** Writes entries into the fake Parameter Store as its API takes them. */
export async function putParameters(
  origin: string,
  prefix: string,
  entries: Readonly<Record<string, string>>,
): Promise<void> {
  const headers = {
    'x-amz-target': 'AmazonSSM.PutParameter',
    authorization: 'AWS4-HMAC-SHA256 Credential=x',
  }
  for (const [name, Value] of Object.entries(entries)) {
    const body = JSON.stringify({ Name: prefix + name, Value, Type: 'SecureString' })
    const { ok } = await fetch(origin, { method: 'POST', headers, body })
    if (!ok) throw new Error(`${name} was refused`)
  }
}
