import type { CoverageTally } from '../coverage.ts'
import { UserError } from '../errors.ts'
import type { Content } from '../model.ts'
import { toFileName } from '../system/file-name.ts'
import { parsePatch } from './parse-patch.ts'

export interface PatchContent extends Content {
  /** Lines that the patch adds. */
  added: ReadonlySet<number>
}

/**
 * The new sides of a patch's hunks, with the lines that it adds.
 * @param name how the patch is called in errors
 * @throws UserError for text that holds no patch
 */
export function readPatch(bytes: Buffer, name: string, coverage: CoverageTally): PatchContent[] {
  const { hunks, binary, isPatch } = parsePatch(bytes)
  if (!isPatch && bytes.toString('latin1').trim() !== '')
    throw new UserError(
      `${name} holds no patch`,
      'Give what "git diff" or "diff -u" prints; for other text there is --stdin.',
    )
  for (const path of binary) coverage.skip('unreadable', `${toFileName(path).path} (binary in the patch)`)
  return hunks.map(({ path, text, firstLine, added }) => {
    const file = toFileName(path ?? Buffer.from(name))
    coverage.read(text.length)
    return {
      bytes: text,
      origin: { kind: 'file', ...file, tracked: false },
      path: file.path,
      firstLine,
      firstColumn: 1,
      added,
    }
  })
}
