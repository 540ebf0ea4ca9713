import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { UserError } from '../../errors.ts'
import { readPatch } from '../../sources/patch.ts'
import { readAll } from '../../sources/stdin.ts'
import { createPathFilter } from './path-filter.ts'
import type { ScanContext, SourceScan } from './scan-run.ts'
import { touchesLines } from './touches-lines.ts'

/** `--patch`: what the lines of a diff add. Paths in it are taken to count from the project's root. */
export const scanPatch: SourceScan = async ({ request, context, project, coverage, scanContent, add }) => {
  const { patch = '-' } = request
  const name = patch === '-' ? 'standard input' : `"${patch}"`
  const isWanted = await createPathFilter(request, project, path => path)
  for (const content of readPatch(await readInput(patch, context), name, coverage)) {
    if (!isWanted(content.path)) coverage.skip('excluded', content.path)
    else add(scanContent(content).filter(match => touchesLines(match, line => content.added.has(line))))
  }
  return { kind: 'patch', target: patch }
}

async function readInput(patch: string, { cwd, stdin }: ScanContext): Promise<Buffer> {
  if (patch === '-') return readAll(stdin)
  try {
    return readFileSync(resolve(cwd, patch))
  } catch (error) {
    throw new UserError(`cannot read the patch "${patch}"`, 'Check the path; "-" is standard input.', {
      cause: error,
    })
  }
}
