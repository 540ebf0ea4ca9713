import type { EnvFile, ServedFile, Sighting } from '../../hygiene/facts.ts'
import { isSecret } from '../../hygiene/problem.ts'
import type { Context } from '../context.ts'
import type { EnvRequest } from './check-projects.ts'
import type { EnvReader } from './facts/env-text.ts'

/** Values in use in the images and vaults that were named; nothing else outside is asked. */
export async function findElsewhere(
  request: EnvRequest,
  files: readonly EnvFile[],
  values: ReadonlyMap<string, string>,
  context: Context,
): Promise<Sighting[]> {
  return [
    ...(await findInImage(request, files, values, context)),
    ...(await findInReport(request, files, values, context)),
    ...(await findInVaults(request, files, values, context)),
  ]
}

/** Env files that a development server gives away; none is asked unless somebody named it. */
export async function findServed(
  { servedAt }: EnvRequest,
  files: readonly EnvFile[],
  reader: EnvReader,
): Promise<ServedFile[]> {
  if (servedAt === undefined) return []
  const { askServer } = await import('./facts/ask-server.ts')
  return askServer(servedAt, files, reader)
}

async function findInImage(
  { image, plainHttp }: EnvRequest,
  files: readonly EnvFile[],
  values: ReadonlyMap<string, string>,
  context: Context,
): Promise<Sighting[]> {
  if (image === undefined) return []
  const { readImage } = await import('./facts/read-image.ts')
  const names = new Map(files.flatMap(({ keys }) => keys.map(({ digest, name }) => [digest, name] as const)))
  return readImage({ image, plainHttp }, values, digest => names.get(digest), context)
}

async function findInReport(
  { imageReport }: EnvRequest,
  files: readonly EnvFile[],
  values: ReadonlyMap<string, string>,
  context: Context,
): Promise<Sighting[]> {
  if (imageReport === undefined) return []
  const { readImageReport } = await import('./facts/read-image-report.ts')
  const inUse = files.flatMap(({ keys }) =>
    keys.filter(isSecret).flatMap(({ name, digest }) => {
      const value = values.get(digest)
      return value === undefined ? [] : [{ key: name, digest, value }]
    }),
  )
  return readImageReport(imageReport, inUse, context)
}

async function findInVaults(
  { vault, config }: EnvRequest,
  files: readonly EnvFile[],
  values: ReadonlyMap<string, string>,
  context: Context,
): Promise<Sighting[]> {
  if (vault.length === 0) return []
  const { findInVaults: find } = await import('./facts/read-vaults.ts')
  const stages = [...new Set(['local', ...files.map(({ stage }) => stage)])].sort()
  return find({ places: vault, stages, config }, values, context)
}
