import { isCompose, readCompose } from '../compose.ts'
import { createDockerIgnore } from '../docker-ignore.ts'
import { isDockerfile, readCopies, takes } from '../dockerfile.ts'
import type { EnvFile, ProjectFacts } from '../facts.ts'
import { joinPath } from '../join-path.ts'
import { atSecrets, exposedFiles, folderOf, type HygieneRule, isSecret } from '../problem.ts'
import { escapePattern } from '../repair.ts'

export const dockerContext: HygieneRule = {
  severity: 'high',
  summary: 'a Docker build can take it into the image',
  check: project => [...checkContexts(project), ...checkVariables(project)],
}

interface BuildContext {
  folder: string
  dockerfile: string
}

/** One problem a file: of several builds the one that copies it. */
function checkContexts(project: ProjectFacts) {
  const contexts = listContexts(project)
  return exposedFiles(project).flatMap(file => {
    const problems = contexts.flatMap(context => checkContext(file, context, project))
    return [problems.find(({ severity }) => severity === 'high') ?? problems[0] ?? []].flat()
  })
}

function checkContext(file: EnvFile, { folder, dockerfile }: BuildContext, { texts }: ProjectFacts) {
  const prefix = folder === '' ? '' : `${folder}/`
  if (!file.path.startsWith(prefix)) return []
  const path = file.path.slice(prefix.length)
  const ignorePath = texts.has(`${dockerfile}.dockerignore`)
    ? `${dockerfile}.dockerignore`
    : `${prefix}.dockerignore`
  const ignore = texts.get(ignorePath)
  if (ignore !== undefined && createDockerIgnore(ignore)(path)) return []
  const copy = readCopies(texts.get(dockerfile) ?? '').find(instruction => takes(instruction, path))
  const why = ignore === undefined ? `there is no ${prefix}.dockerignore` : `${ignorePath} does not name it`
  return [
    {
      ...atSecrets(file),
      severity: copy ? ('high' as const) : ('low' as const),
      message: copy
        ? `${dockerfile}:${copy.line} copies it into the image (${why})`
        : `it belongs to the build context of ${dockerfile} (${why})`,
      fix: `Add "${path}" to ${ignorePath}. An image that was built so still holds it.`,
      repairs: [{ kind: 'ignore' as const, path: ignorePath, line: escapePattern(path) }],
    },
  ]
}

/** Contexts as Compose names them; of a Dockerfile that none names, its own folder. */
function listContexts({ texts }: ProjectFacts): BuildContext[] {
  const composed = [...texts].flatMap(([path, text]) =>
    isCompose(path) ? readCompose(text).builds.flatMap(build => resolveBuild(folderOf(path), build)) : [],
  )
  const named = new Set(composed.map(({ dockerfile }) => dockerfile))
  const own = [...texts.keys()]
    .filter(path => isDockerfile(path) && !named.has(path))
    .map(dockerfile => ({ folder: folderOf(dockerfile), dockerfile }))
  return [...composed.filter(({ dockerfile }) => texts.has(dockerfile)), ...own]
}

function resolveBuild(
  from: string,
  { context, dockerfile = 'Dockerfile' }: { context: string; dockerfile?: string },
) {
  const folder = joinPath(from, context)
  const path = folder === undefined ? undefined : joinPath(folder, dockerfile)
  return folder === undefined || path === undefined ? [] : [{ folder, dockerfile: path }]
}

function checkVariables({ dockerValues }: ProjectFacts) {
  return dockerValues.filter(isSecret).map(({ path, line, name, classification }) => ({
    path,
    line,
    key: name,
    severity: 'high' as const,
    message: `${name} is set to a secret, which the image's configuration or history shows (${classification.reason})`,
    fix: 'Give it to the build with --secret, or to the container when it starts.',
  }))
}
