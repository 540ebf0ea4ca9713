/** Whether a Docker build can do without an env file, and what to do about it. */
import { isForBrowsers } from './browser-names.ts'
import { isDockerfile } from './dockerfile.ts'
import type { EnvFile } from './facts.ts'
import type { FileInBuild } from './image-files.ts'
import { baseOf } from './problem.ts'
import { escapePattern, type Repair } from './repair.ts'

/** Why a build may break that lacks the file. */
export type Need = 'named' | 'built' | 'run'

/** A file of a build's context, by its name there. */
interface Exposed {
  path: string
  ignorePath: string
  isNeeded?: Need | undefined
}

/** By its name; by what bundles code for browsers; or, where git brings it to every build, by any command behind the copy. */
export function isNeeded(
  { keys, tracked }: EnvFile,
  path: string,
  dockerfile: string,
  copy: FileInBuild | undefined,
): Need | undefined {
  if (names(dockerfile, path)) return 'named'
  if (copy === undefined) return undefined
  if (keys.some(({ name }) => isForBrowsers(name))) return 'built'
  const behind = dockerfile.split('\n').slice(copy.line)
  return tracked && behind.some(line => /^\s*RUN\s/i.test(line)) ? 'run' : undefined
}

/** A build of a clone breaks if git no longer has it. */
export function builderOf(
  { path }: Pick<EnvFile, 'path'>,
  texts: ReadonlyMap<string, string>,
): string | undefined {
  return [...texts.keys()].find(other => isDockerfile(other) && names(texts.get(other) ?? '', path))
}

function names(dockerfile: string, path: string): boolean {
  const instructions = dockerfile.split('\n').filter(line => !/^\s*#/.test(line))
  return instructions.some(line => line.split(/[\s"',[\]]+/).some(word => baseOf(word) === baseOf(path)))
}

export function advise([{ ignorePath, path, isNeeded: need }, ...others]: readonly [
  Exposed,
  ...Exposed[],
]): string {
  const them = others.length ? 'them' : 'it'
  const ignore = `Add "${path}"${others.length ? ' and the others' : ''} to ${ignorePath}`
  switch (need) {
    case 'named':
      return `Give ${them} to the container when it runs (Compose's env_file, docker run --env-file, a mounted secret), not to the image.`
    case 'built':
      return `A build for browsers reads ${them}: move the secrets to a file of their own, and keep that out of the context.`
    case 'run':
      return `${ignore}, if no RUN behind the copy reads ${them}, and give the container the variables when it runs.`
    default:
      return `${ignore}.`
  }
}

/** Only where no build breaks. */
export function ignoreInBuild({ ignorePath, path, isNeeded: need }: Exposed): Repair[] {
  return need === undefined ? [{ kind: 'ignore', path: ignorePath, line: escapePattern(path) }] : []
}
