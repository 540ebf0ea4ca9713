import { UserError } from '../errors.ts'
import { type BlobStore, MOST_CONFIG, MOST_MANIFEST } from './blob-store.ts'
import { readDockerArchive } from './docker-archive.ts'
import type { FileTree } from './file-tree.ts'
import type { OpenedImages } from './image.ts'
import { type Descriptor, parseImageDocument } from './manifest.ts'
import { InvalidManifest } from './problems.ts'
import { type ImageRoot, type PlatformChoice, resolveImages } from './resolve-images.ts'

export interface FileImage {
  /** What the user calls it. */
  shown: string
  tag?: string
  /** Docker's own list of what is in an archive is wanted, also where there is another one. */
  isDocker?: boolean
}

/**
 * The images in files: an OCI layout, `docker save`, or skopeo's `dir:`.
 * @throws UserError when there is none, or none with that tag
 */
export async function openFiles(
  tree: FileTree,
  image: FileImage,
  platforms: PlatformChoice,
): Promise<OpenedImages> {
  try {
    if (tree.has('index.json') && !(image.isDocker && tree.has('manifest.json')))
      return await openLayout(tree, image, platforms)
    if (tree.has('manifest.json')) return await openManifest(tree, image, platforms)
  } catch (error) {
    if (!(error instanceof InvalidManifest)) throw error
    throw new UserError(`"${image.shown}" is no valid image: ${error.message}`, 'Save the image anew.', {
      cause: error,
    })
  }
  throw new UserError(
    `"${image.shown}" is no image: it has no index.json and no manifest.json`,
    'Name an OCI layout or what "docker save" writes; scan other archives with --archive.',
  )
}

/** `manifest.json` is a list where Docker wrote it, and the manifest itself where skopeo did. */
async function openManifest(
  tree: FileTree,
  image: FileImage,
  platforms: PlatformChoice,
): Promise<OpenedImages> {
  const bytes = tree.read('manifest.json', MOST_MANIFEST)
  if (bytes.find(byte => byte > 32) === 0x5b) return readDockerArchive(tree, bytes, image)
  const { digestOf } = await import('./digest.ts')
  const descriptor = { mediaType: '', digest: digestOf(bytes), size: bytes.length, annotations: {} }
  const store = treeStore(tree, ({ digest }) =>
    digest === descriptor.digest ? 'manifest.json' : digest.slice(digest.indexOf(':') + 1),
  )
  return resolveImages(store, [{ name: image.shown, descriptor }], platforms)
}

async function openLayout(
  tree: FileTree,
  image: FileImage,
  platforms: PlatformChoice,
): Promise<OpenedImages> {
  const index = parseImageDocument(tree.read('index.json', MOST_MANIFEST))
  if (index.kind !== 'index') throw new InvalidManifest('index.json is no index')
  const store = treeStore(tree, ({ digest }) => `blobs/${digest.replace(':', '/')}`)
  return resolveImages(store, chooseRoots(index.manifests, image), platforms)
}

function chooseRoots(manifests: readonly Descriptor[], { shown, tag }: FileImage): ImageRoot[] {
  const named = manifests.map(descriptor => ({ name: nameOf(descriptor), descriptor }))
  const chosen = tag === undefined ? named : named.filter(({ name }) => name && hasTag(name, tag))
  if (chosen.length === 0)
    throw new UserError(
      tag === undefined ? `"${shown}" holds no image` : `"${shown}" holds no image with that tag`,
      tag === undefined
        ? 'Its index.json is empty.'
        : `There are ${named.map(({ name }) => name ?? 'one without a name').join(', ') || 'none'}.`,
    )
  // Several tags may stand for one image.
  const unique = [...new Map(chosen.map(root => [root.descriptor.digest, root])).values()]
  return unique.map(({ name, descriptor }) => ({
    name: unique.length === 1 ? shown : `${shown} (${name ?? descriptor.digest})`,
    descriptor,
  }))
}

function nameOf({ annotations }: Descriptor): string | undefined {
  return annotations['io.containerd.image.name'] ?? annotations['org.opencontainers.image.ref.name']
}

export function hasTag(name: string, tag: string): boolean {
  return name === tag || name.endsWith(`:${tag}`)
}

function treeStore(tree: FileTree, nameOf: (descriptor: Descriptor) => string): BlobStore {
  return {
    isAtHand: true,
    readManifest: async descriptor => tree.read(nameOf(descriptor), MOST_MANIFEST),
    readConfig: async descriptor => tree.read(nameOf(descriptor), MOST_CONFIG),
    addressOf(descriptor) {
      const name = nameOf(descriptor)
      // A layer that is not there is told when it is read, so that the others are.
      return tree.has(name) ? tree.addressOf(name) : { kind: 'passed', name }
    },
  }
}
