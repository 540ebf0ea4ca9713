import { expect, test } from 'vitest'
import type { BaseImage } from '../../src/oci/base-image.ts'
import { directoryTree } from '../../src/oci/file-tree.ts'
import { openFiles } from '../../src/oci/open-files.ts'
import { readHistory } from '../../src/sources/image/image-history.ts'
import { digestOf, layoutOf, type MadeImage, makeImage, makeLayerTar } from '../support/make-image.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

interface Step {
  created_by: string
  comment?: string
  empty_layer?: boolean
}

/** Two layers of a base image with its CMD, and two of the image's own, as buildah writes it. */
const steps: Step[] = [
  { created_by: 'COPY system /' },
  { created_by: 'RUN update' },
  { created_by: 'COPY . /app', comment: 'FROM shop/base:1' },
  { created_by: 'CMD ["start"]', comment: 'FROM 0123456789ab', empty_layer: true },
  { created_by: 'RUN cleanup', comment: 'FROM 0123456789ab' },
]

const layers = ['a', 'b', 'c', 'd'].map(digest => ({ digest }))

/** How many layers are taken for those of the base image. */
function countBase(base: BaseImage | undefined, history = steps): number {
  const config = Buffer.from(JSON.stringify({ history }))
  return readHistory({ config, layers: layers as never, ...(base ? { base } : {}) }).filter(
    ({ isBase }) => isBase,
  ).length
}

test('the base image ends where its manifest does, where the builder says so, or at its last CMD', () => {
  expect(countBase({ name: 'shop/base:1', layers: ['a'] })).toBe(1)
  expect(countBase({ layers: ['a', 'b'] }, [])).toBe(2)
  expect(countBase({ name: 'shop/base:1', layers: ['x'] })).toBe(2)
  expect(countBase({ name: 'shop/base:1' })).toBe(2)
  expect(countBase({ name: '' })).toBe(0)
  expect(countBase({ name: 'another:1' })).toBe(3)
  expect(countBase(undefined)).toBe(3)
  expect(countBase(undefined, steps.slice(1))).toBe(0)
})

const NAME = 'org.opencontainers.image.base.name'
const DIGEST = 'org.opencontainers.image.base.digest'

/** The image with annotations, as far as a layout's index goes. */
function annotate(image: MadeImage, annotations: object): MadeImage {
  const manifest = JSON.parse(String(image.blobs.get(image.manifest)))
  const bytes = Buffer.from(JSON.stringify({ ...manifest, annotations }))
  return { ...image, manifest: digestOf(bytes), blobs: new Map([...image.blobs, [digestOf(bytes), bytes]]) }
}

async function openBase(image: MadeImage): Promise<BaseImage | undefined> {
  const tree = directoryTree(makeDirectory(layoutOf(image)))
  const { images } = await openFiles(tree, { shown: 'x' }, { own: { os: 'linux', architecture: 'amd64' } })
  return images[0]?.base
}

test('the base image stands in annotations of the manifest, else in labels; one beside the image is read', async () => {
  const base = makeImage([{ tar: await makeLayerTar({ a: 'a' }) }])
  const labels = { Labels: { [NAME]: 'inherited:1' } }
  const image = makeImage([{ tar: await makeLayerTar({ b: 'b' }) }], labels)
  expect(await openBase(image)).toEqual({ name: 'inherited:1' })
  const annotated = annotate(image, { [NAME]: 'shop/base:1', [DIGEST]: base.manifest })
  expect(await openBase(annotated)).toEqual({ name: 'shop/base:1', digest: base.manifest })
  const beside = { ...annotated, blobs: new Map([...annotated.blobs, ...base.blobs]) }
  expect(await openBase(beside)).toEqual({
    name: 'shop/base:1',
    digest: base.manifest,
    layers: base.layers,
  })
  expect(await openBase(annotate(image, { [NAME]: 'scratch' }))).toEqual({ name: '' })
})
