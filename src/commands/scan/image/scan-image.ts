import type { PlacedMatch } from '../../../findings/collect-findings.ts'
import { nameMatches } from '../../../findings/name-matches.ts'
import { Secret, ValueWithheld, WithheldSecret } from '../../../model.ts'
import type { Image, Layer } from '../../../oci/image.ts'
import { InvalidManifest } from '../../../oci/problems.ts'
import { readConfigContents } from '../../../sources/image/config-contents.ts'
import { CacheDirectory } from '../../../system/cache-directory.ts'
import type { ScanRun, SourceScan } from '../scan-run.ts'
import { settleMatches } from '../settle-matches.ts'
import { type KnownLayer, KnownLayers } from './known-layers.ts'
import type { LayerResult } from './layer-jobs.ts'
import { type OpenedWithLayers, openImages } from './open-images.ts'
import { maskPlaces, placeMatches } from './place-matches.ts'
import { layerRequestOf, scanLayers } from './scan-layers.ts'

type LayerResults = Map<string, KnownLayer>

/** `--image`: configuration, layers and attestations of one or several images. */
export const scanImage: SourceScan = async run => {
  const { request, coverage, add } = run
  const target = request.image ?? ''
  const opened = await openImages(target, run)
  for (const { reason, name } of opened.problems) coverage.skip(reason, name)
  const configs = opened.images.flatMap(image => scanConfig(image, run))
  const results = await readLayers(opened, configs, run)
  for (const result of results.values()) coverage.add(result.coverage)
  add(maskPlaces(placeAll(opened.images, configs, results)))
  return { kind: 'image', target }
}

/** Layers that are known are not read again, unless somebody needs the values in them. */
async function readLayers(
  { images, passed }: OpenedWithLayers,
  configs: readonly PlacedMatch[],
  run: ScanRun,
): Promise<LayerResults> {
  const layers = [...new Map(images.flatMap(listLayers).map(layer => [keyOf(layer), layer])).values()]
  const results: LayerResults = new Map()
  for (const layer of layers) {
    const result = layer.address.kind === 'passed' ? passed?.get(layer.address.name) : undefined
    if (result) results.set(keyOf(layer), toKnown(result))
  }
  const cache = run.request.cache === false ? undefined : openCache(run)
  for (const layer of layers) {
    const found = results.has(keyOf(layer)) ? undefined : cache?.read(layer)
    if (found) results.set(keyOf(layer), found)
  }
  if (!(await canDoWithoutValues(placeAll(images, configs, results), run))) forgetWithheld(results)
  const fresh = layers.filter(layer => !results.has(keyOf(layer)))
  const read = (await scanLayers(fresh, run)).map(toKnown)
  for (const [i, layer] of fresh.entries()) if (read[i]) results.set(keyOf(layer), read[i])
  if (cache) keepLayers(fresh, read, configs, cache, run)
  return results
}

function openCache({ context, rules, ...run }: ScanRun): KnownLayers {
  const directory = new CacheDirectory('layers', context.env, context.now)
  return new KnownLayers(directory, rules.program, layerRequestOf(run))
}

function listLayers({ layers, attachments }: Image): Layer[] {
  return [...layers, ...attachments]
}

/** Images share layers; each is read once. */
function keyOf({ digest, verify, address }: Layer): string {
  return `${verify} ${digest} ${address.kind === 'passed' ? address.name : ''}`
}

function toKnown({ matches, changes, links, coverage }: LayerResult): KnownLayer {
  return {
    changes,
    links,
    coverage,
    matches: matches.map(({ file, ...match }) => ({ ...match, secret: new Secret(match.secret) })),
  }
}

function placeAll(
  images: readonly Image[],
  configs: readonly PlacedMatch[],
  results: LayerResults,
): PlacedMatch[] {
  return [...configs, ...images.flatMap(image => placeMatches(image, layer => results.get(keyOf(layer))))]
}

/** Some baselines and ignore files of other tools know secrets by hashes of our own making only here and now. */
async function canDoWithoutValues(matches: readonly PlacedMatch[], run: ScanRun): Promise<boolean> {
  if (!matches.some(({ secret }) => secret instanceof WithheldSecret)) return true
  if (run.request.showSecrets) return false
  try {
    await settleMatches(matches, run.rules.program, 'image', run)
    return true
  } catch (error) {
    if (error instanceof ValueWithheld) return false
    throw error
  }
}

function forgetWithheld(results: LayerResults): void {
  for (const [key, { matches }] of results)
    if (matches.some(({ secret }) => secret instanceof WithheldSecret)) results.delete(key)
}

/** They are named as they are now, among all that was found. */
function keepLayers(
  layers: readonly Layer[],
  read: readonly KnownLayer[],
  configs: readonly PlacedMatch[],
  cache: KnownLayers,
  { rules }: ScanRun,
): void {
  const named = nameMatches([...read.flatMap(({ matches }) => matches), ...configs], rules.program)
  let from = 0
  for (const [i, layer] of layers.entries()) {
    const result = read[i]
    if (!result) continue
    const matches = named.slice(from, from + result.matches.length)
    from += matches.length
    cache.write(layer, { ...result, matches })
  }
  if (layers.length > 0) cache.prune()
}

/** It has no lines: a field is place enough. */
function scanConfig({ name, config }: Image, { scanContent, coverage }: ScanRun): PlacedMatch[] {
  if (config.length === 0) return []
  try {
    const found = readConfigContents(config, name).flatMap(content =>
      scanContent(content).map(match => ({ ...match, place: content.origin })),
    )
    coverage.read(config.length)
    return found
  } catch (error) {
    if (!(error instanceof InvalidManifest)) throw error
    coverage.skip('corrupt-object', `configuration of ${name}`)
    return []
  }
}
