import { posix } from 'node:path'
import { type CopyInstruction, type LayerInstruction, plainSource, readLayers, takes } from './dockerfile.ts'

/** How a file of the build context gets along in the stages of a Dockerfile. */
export interface FileInBuild {
  /** Line of the instruction that takes it from the context. */
  line: number
  /** Whether the image has it, not only a stage that the image is not made of. */
  isInImage: boolean
}

interface Lying {
  line: number
  /** Where it lies in the stage, from its root. */
  path: string
}

/**
 * Follows the file through `COPY . .` in one stage and `COPY --from` in the next. Undefined where nothing copies it. What a RUN
 * moves or deletes is not known: a file that is deleted in the image's own stage still lies in a layer.
 * @param target the stage that is built; the last one where it is not given
 */
export function followFile(dockerfile: string, path: string, target?: string): FileInBuild | undefined {
  const stages = splitStages(readLayers(dockerfile))
  const reached: Lying[][] = []
  for (const stage of stages) {
    const lying = [...(reached[findStage(stages, stage.base, reached.length)] ?? [])]
    let folder = '/'
    for (const step of stage.steps) {
      if (step.kind === 'folder') folder = posix.resolve(folder, step.path)
      else lying.push(...copy(step, folder))
    }
    reached.push(lying)
  }
  const [inImage] = reached[findFinal(stages, target)] ?? []
  const first = inImage ?? reached.flat()[0]
  return first && { line: first.line, isInImage: inImage !== undefined }

  function copy({ line, sources, target: to, from }: CopyInstruction, folder: string): Lying[] {
    const lying =
      from === undefined ? [{ line, path }] : (reached[findStage(stages, from, reached.length)] ?? [])
    return lying.flatMap(file =>
      sources
        .filter(source => takes(source, file.path))
        .map(source => ({
          line: file.line,
          path: placeOf(file.path, source, posix.resolve(folder, to), to),
        })),
    )
  }
}

/** Whether an instruction belongs to a stage that the image is made of: its own, and those that it is built on. */
export function isOfImage(dockerfile: string, line: number): boolean {
  const stages = splitStages(readLayers(dockerfile))
  for (let at = stages.length - 1; at >= 0; at = findStage(stages, stages[at]?.base ?? '', at)) {
    if (line >= (stages[at]?.line ?? 0) && line < (stages[at + 1]?.line ?? Infinity)) return true
  }
  return stages.length === 0
}

interface Stage {
  line: number
  base: string
  name?: string
  steps: Exclude<LayerInstruction, { kind: 'stage' }>[]
}

/** What stands before the first FROM belongs to no stage, but for texts that have none. */
function splitStages(layers: readonly LayerInstruction[]): Stage[] {
  const stages: Stage[] = []
  for (const layer of layers) {
    if (layer.kind === 'stage') stages.push({ ...layer, steps: [] })
    else if (stages.length) stages.at(-1)?.steps.push(layer)
    else stages.push({ line: 0, base: '', steps: [layer] })
  }
  return stages
}

/** The stage of that name or number before another; -1 where it is an image. */
function findStage(stages: readonly Stage[], name: string, before: number): number {
  const named = stages.findLastIndex((stage, at) => at < before && stage.name === name.toLowerCase())
  return named < 0 && /^\d+$/.test(name) && Number(name) < before ? Number(name) : named
}

function findFinal(stages: readonly Stage[], target: string | undefined): number {
  const named = target === undefined ? -1 : findStage(stages, target, stages.length)
  return named < 0 ? stages.length - 1 : named
}

/** Of a folder its contents are copied, of a file the file; a target that ends with a slash is a folder. */
function placeOf(path: string, source: string, place: string, target: string): string {
  const plain = plainSource(source)
  const inner = path
    .split('/')
    .slice(plain === '' ? 0 : plain.split('/').length)
    .join('/')
  const isFolder = inner !== '' || /(?:^|\/)\.{0,2}$/.test(target)
  return (isFolder ? posix.join(place, inner || posix.basename(path)) : place).replace(/^\/+/, '')
}
