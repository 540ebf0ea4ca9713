import { lstatSync } from 'node:fs'
import { planWorktree } from '../../sources/worktree.ts'
import { joinFileName, toFsPath } from '../../system/file-name.ts'
import { letYoungGenerationGrow } from '../../system/young-generation.ts'
import { createPathNamer } from '../project.ts'
import { createPathFilter } from './path-filter.ts'
import type { SourceScan } from './scan-run.ts'
import { scanUnits } from './scan-units.ts'
import { readWorktree } from './unit-readers.ts'

/** From so many files on memory counts for more than a hundredth of the time. */
const MANY_FILES = 16_384
/** What a file is taken to weigh whose name promises nothing. */
const USUAL_BYTES = 8 * 1024
/** Ends of names of files that may be large; only these are asked for their size, as that takes as long as to read a small one. */
const mayBeLarge = new Set(
  (
    'zip jar war ear whl apk aab ipa docx xlsx pptx tar tgz gz bz2 xz zst 7z ' +
    'iso img bin exe dll so dump sql sqlite sqlite3 db log csv tsv jsonl ndjson har pcap map pdf ipynb pack wasm'
  ).split(' '),
)

export const scanWorktree: SourceScan = async run => {
  const { request, context, project, coverage } = run
  const { cwd } = context
  const paths = request.paths.length ? request.paths : ['.']
  const isWanted = await createPathFilter(request, project, createPathNamer(project, paths, cwd))
  const units = await planWorktree(paths, { cwd, noIgnore: !request.ignore, isWanted }, coverage)
  if (units.length < MANY_FILES) letYoungGenerationGrow(true)
  await scanUnits(run, {
    kind: 'worktree',
    createReader: readWorktree,
    units,
    weigh: unit => {
      if (!unit.follow && !mayBeLarge.has(endOf(unit.path))) return USUAL_BYTES
      const name = unit.path.startsWith('/') ? unit : joinFileName(cwd, unit)
      return lstatSync(toFsPath(name), { throwIfNoEntry: false })?.size ?? 0
    },
    nameOf: unit => unit.path,
  })
  return { kind: 'worktree', target: paths.join(' ') }
}

function endOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).toLowerCase()
}
