import { type ComposeFacts, isCompose, readCompose } from './compose.ts'
import { isDockerfile } from './dockerfile.ts'
import { joinPath } from './join-path.ts'
import { folderOf } from './problem.ts'

/** What a build of an image is given. Paths count from the project's root. */
export interface BuildContext {
  folder: string
  dockerfile: string
  /** The stage that is built, if not the last one. */
  target?: string
}

/** Contexts as Compose names them; of a Dockerfile that none names, its own folder. Nobody gives away the image of a workspace. */
export function listContexts(texts: ReadonlyMap<string, string>): BuildContext[] {
  const composed = [...texts].flatMap(([path, text]) =>
    isCompose(path) ? readCompose(text).builds.flatMap(build => resolveBuild(folderOf(path), build)) : [],
  )
  const isGivenAway = ({ dockerfile }: BuildContext) => texts.has(dockerfile) && !ofWorkspace.test(dockerfile)
  const named = new Set(composed.map(({ dockerfile }) => dockerfile))
  const own = [...texts.keys()]
    .filter(path => isDockerfile(path) && !named.has(path))
    .map(dockerfile => ({ folder: folderOf(dockerfile), dockerfile }))
  return [...composed, ...own].filter(isGivenAway)
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
