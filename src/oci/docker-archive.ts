/** What `docker save` writes: `manifest.json` lists images with their tags, their configuration and their layers. */
import { UserError } from '../errors.ts'
import { readBaseImage } from './base-image.ts'
import { MOST_CONFIG } from './blob-store.ts'
import { isDigest } from './digest.ts'
import type { FileTree } from './file-tree.ts'
import type { Image, ImageProblem, Layer, OpenedImages } from './image.ts'
import { isObject, textList } from './manifest.ts'
import { type FileImage, hasTag } from './open-files.ts'
import { InvalidManifest, MissingBlob } from './problems.ts'
import { diffIdsOf } from './resolve-images.ts'

interface SavedImage {
  config: string
  tags: string[]
  layers: string[]
}

/** @throws UserError when no image has the wanted tag; InvalidManifest */
export function readDockerArchive(tree: FileTree, manifest: Uint8Array, image: FileImage): OpenedImages {
  const saved = parseSaved(manifest)
  const chosen = choose(saved, image)
  const images: Image[] = []
  const problems: ImageProblem[] = []
  for (const { config, tags, layers } of chosen) {
    const name = chosen.length === 1 ? image.shown : `${image.shown} (${tags[0] ?? config})`
    const bytes = readConfig(tree, config, name, problems)
    const diffIds = diffIdsOf(bytes)
    const base = readBaseImage({}, bytes)
    images.push({
      name,
      config: bytes,
      layers: layers.flatMap((file, i) => toLayer(tree, file, diffIds[i], name, problems)),
      ...(base ? { base } : {}),
      attachments: [],
    })
  }
  return { images, problems }
}

function parseSaved(manifest: Uint8Array): SavedImage[] {
  let list: unknown
  try {
    list = JSON.parse(Buffer.from(manifest).toString('utf8'))
  } catch (error) {
    throw new InvalidManifest('manifest.json is no JSON', { cause: error })
  }
  if (!Array.isArray(list)) throw new InvalidManifest('manifest.json is no list')
  return list.map(item => {
    if (!isObject(item) || typeof item.Config !== 'string' || !Array.isArray(item.Layers))
      throw new InvalidManifest('manifest.json lists no images')
    return { config: item.Config, tags: textList(item.RepoTags), layers: textList(item.Layers) }
  })
}

function choose(saved: readonly SavedImage[], { shown, tag }: FileImage): readonly SavedImage[] {
  const chosen = tag === undefined ? saved : saved.filter(({ tags }) => tags.some(name => hasTag(name, tag)))
  if (chosen.length > 0) return chosen
  const tags = saved.flatMap(image => image.tags)
  throw new UserError(
    tag === undefined ? `"${shown}" holds no image` : `"${shown}" holds no image with that tag`,
    tags.length ? `There are ${tags.join(', ')}.` : 'No image in it has a tag.',
  )
}

function readConfig(tree: FileTree, file: string, image: string, problems: ImageProblem[]): Uint8Array {
  try {
    return tree.read(file, MOST_CONFIG)
  } catch (error) {
    if (!(error instanceof MissingBlob)) throw error
    problems.push({ reason: 'missing-object', name: `configuration of ${image}` })
    return new Uint8Array(0)
  }
}

/** Only the configuration names digests here, of what the layers unpack to. */
function toLayer(
  tree: FileTree,
  file: string,
  diffId: string | undefined,
  image: string,
  problems: ImageProblem[],
): Layer[] {
  if (!isDigest(diffId)) {
    problems.push({ reason: 'corrupt-object', name: `${file} of ${image} (no digest)` })
    return []
  }
  return [
    {
      digest: diffId,
      diffId,
      mediaType: '',
      size: 0,
      address: tree.has(file) ? tree.addressOf(file) : { kind: 'passed', name: file },
      verify: 'unpacked',
      annotations: {},
    },
  ]
}
