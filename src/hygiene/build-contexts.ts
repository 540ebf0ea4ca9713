import { type ComposeFacts, isCompose, readCompose } from './compose.ts'
import { isDockerfile, plainSource, readLayers } from './dockerfile.ts'
import { joinPath } from './join-path.ts'
import { folderOf } from './problem.ts'

/** What a build of an image is given. Paths count from the project's root. */
export interface BuildContext {
  folder: string
  dockerfile: string
  /** The stage that is built, if not the last one. */
  target?: string
}

/**
 * Contexts as Compose names them; of a Dockerfile that none names where it is, the nearest folder above that has what it copies, else
 * its own. Nobody gives away the image of a workspace.
 */
export function listContexts(texts: ReadonlyMap<string, string>, paths: ReadonlySet<string>): BuildContext[] {
  const composed = [...texts].flatMap(([path, text]) =>
    isCompose(path) ? readCompose(text).builds.flatMap(build => resolveBuild(folderOf(path), build)) : [],
  )
  const isGivenAway = ({ dockerfile }: BuildContext) => texts.has(dockerfile) && !ofWorkspace.test(dockerfile)
  const named = new Set(composed.map(({ dockerfile }) => dockerfile))
  const unnamed = [...texts.keys()].filter(path => isDockerfile(path) && !named.has(path))
  const places = unnamed.length > 0 ? withFolders(paths) : paths
  const own = unnamed.map(dockerfile => ({
    folder: guessFolder(dockerfile, texts.get(dockerfile) ?? '', places),
    dockerfile,
  }))
  return [...composed, ...own].filter(isGivenAway)
}

/** Files, and all folders above them. */
function withFolders(paths: ReadonlySet<string>): Set<string> {
  const places = new Set(paths)
  for (const path of paths)
    for (let folder = folderOf(path); folder !== '' && !places.has(folder); folder = folderOf(folder))
      places.add(folder)
  return places
}

function guessFolder(dockerfile: string, text: string, places: ReadonlySet<string>): string {
  const own = folderOf(dockerfile)
  const sources = readLayers(text)
    .flatMap(layer =>
      layer.kind === 'copy' && layer.from === undefined ? layer.sources.map(plainSource) : [],
    )
    .filter(source => source !== '' && !/[*?$[]/.test(source))
  if (sources.length === 0) return own
  const has = (folder: string) =>
    sources.every(source => {
      const path = joinPath(folder, source)
      return path !== undefined && places.has(path)
    })
  for (let folder = own; ; folder = folderOf(folder)) {
    if (has(folder)) return folder
    if (folder === '') return own
  }
}

/** Where an editor or a service of editors works in. */
const ofWorkspace = /(?:^|\/)\.(?:devcontainer|gitpod)[/.]/

function resolveBuild(
  from: string,
  { context, dockerfile = 'Dockerfile', target }: ComposeFacts['builds'][number],
) {
  const folder = joinPath(from, context)
  const path = folder === undefined ? undefined : joinPath(folder, dockerfile)
  return folder === undefined || path === undefined
    ? []
    : [{ folder, dockerfile: path, ...(target === undefined ? {} : { target }) }]
}
