import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { detectFormat, headLength } from '../../../archive/format.ts'
import { fileAccess, fileChunks } from '../../../archive/random-access.ts'
import { UserError } from '../../../errors.ts'
import { directoryTree, openRegular, tarTree } from '../../../oci/file-tree.ts'
import type { OpenedImages } from '../../../oci/image.ts'
import { openFiles } from '../../../oci/open-files.ts'
import { parsePlatform, platformOfHost } from '../../../oci/platform.ts'
import { MissingBlob } from '../../../oci/problems.ts'
import { type ImageReference, parseImageReference } from '../../../oci/reference.ts'
import type { PlatformChoice } from '../../../oci/resolve-images.ts'
import type { ScanRun } from '../scan-run.ts'
import type { LayerResult } from './layer-jobs.ts'

export interface OpenedWithLayers extends OpenedImages {
  /** Layers that were read already, as they came by in a stream. */
  passed?: ReadonlyMap<string, LayerResult>
}

/** @throws UserError when there is no such image, or it cannot be read at all */
export async function openImages(text: string, run: ScanRun): Promise<OpenedWithLayers> {
  const { request, context } = run
  const inCwd = (path: string) => resolve(context.cwd, path)
  const reference = parseImageReference(text, path => existsSync(inCwd(path)))
  const platforms: PlatformChoice = {
    ...(request.platform === undefined
      ? {}
      : { wanted: request.platform === 'all' ? 'all' : parsePlatform(request.platform) }),
    own: platformOfHost(process.arch),
  }
  if (reference.kind === 'registry') {
    const { openRegistry } = await import('../../../oci/open-registry.ts')
    return openRegistry(reference, text, platforms, {
      plainHttp: request.plainHttp ?? false,
      ...(request.caFile === undefined ? {} : { caFile: inCwd(request.caFile) }),
      env: context.env,
    })
  }
  if (reference.kind === 'daemon') {
    const { saveFromDaemon } = await import('../../../oci/daemon.ts')
    const { openStream } = await import('./open-stream.ts')
    const chunks = await saveFromDaemon(reference.name, context.env)
    return openStream(chunks, undefined, { shown: text }, platforms, run)
  }
  return openFile({ ...reference, path: inCwd(reference.path) }, text, platforms, run)
}

async function openFile(
  { kind, path, tag }: Extract<ImageReference, { path: string }>,
  shown: string,
  platforms: PlatformChoice,
  run: ScanRun,
): Promise<OpenedWithLayers> {
  const image = { shown, ...(tag === undefined ? {} : { tag }), isDocker: kind === 'docker-archive' }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    return openFiles(directoryTree(path), image, platforms)
  const file = openFileOf(path, shown)
  const access = fileAccess(file)
  const format = detectFormat(access.read(0, headLength))
  if (format === 'tar') return openFiles(await tarTree(path), image, platforms)
  if (format === undefined || !['gzip', 'bzip2', 'xz', 'zstd'].includes(format))
    throw new UserError(
      `"${shown}" is no image: it is neither a directory nor a tar`,
      'Name an OCI layout or what "docker save" writes; scan other files as "stanch scan PATH".',
    )
  const { openStream } = await import('./open-stream.ts')
  return openStream(fileChunks(file), access.size, image, platforms, run)
}

function openFileOf(path: string, shown: string): number {
  try {
    return openRegular(path)
  } catch (error) {
    if (!(error instanceof MissingBlob)) throw error
    throw new UserError(`cannot read "${shown}"`, 'Check the path and your rights.', { cause: error })
  }
}
