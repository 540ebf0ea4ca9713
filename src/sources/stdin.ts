import type { CoverageTally } from '../coverage.ts'
import type { Content } from '../model.ts'

/** All of standard input as one content, under the name that it is to be judged and reported by. */
export async function readStdin(
  stdin: NodeJS.ReadableStream,
  name: string,
  coverage: CoverageTally,
): Promise<Content> {
  const bytes = await readAll(stdin)
  coverage.read(bytes.length)
  return { bytes, origin: { kind: 'file', path: name, tracked: false }, path: name }
}

export async function readAll(stdin: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
