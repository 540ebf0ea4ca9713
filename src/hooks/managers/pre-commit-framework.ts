import { join } from 'node:path'
import { isMap, isSeq, parseDocument, type YAMLMap, YAMLSeq } from 'yaml'
import { UserError } from '../../errors.ts'
import type { HookManager, HookProject } from '../hook-manager.ts'
import type { HookType } from '../hook-type.ts'
import { writeHookCommand } from '../launcher.ts'

/** The pre-commit framework: an entry of `.pre-commit-config.yaml`, whose comments and order stay as they are. */
export const preCommitFramework: HookManager = {
  name: 'pre-commit-framework',
  isUsed: ({ root, exists }) => exists(join(root, FILE)),
  fileOf,
  isInstalled: (project, type) => findHook(readRepos(project).repos, idOf(type)) !== undefined,
  install(project, type) {
    const { document, repos } = readRepos(project)
    removeHook(repos, idOf(type))
    repos.add(document.createNode(entryFor(type, project.hasDependency)))
    return [{ path: fileOf(project), text: document.toString({ lineWidth: 0 }) }]
  },
  uninstall(project, type) {
    const { document, repos } = readRepos(project)
    if (!removeHook(repos, idOf(type))) return []
    return [{ path: fileOf(project), text: document.toString({ lineWidth: 0 }) }]
  },
  nextStep: ({ read, hooksPath }, type) =>
    /pre-commit\.com|pre_commit/.test(read(join(hooksPath, type)) ?? '')
      ? undefined
      : `Run "pre-commit install --hook-type ${type}" once.`,
}

const FILE = '.pre-commit-config.yaml'

const idOf = (type: HookType) => (type === 'pre-commit' ? 'stanch' : `stanch-${type}`)

function fileOf({ root }: Pick<HookProject, 'root'>): string {
  return join(root, FILE)
}

function readRepos(project: HookProject) {
  const document = parseDocument(project.read(fileOf(project)) ?? '')
  if (document.errors.length > 0)
    throw new UserError(
      `${FILE}: ${document.errors[0]?.message.split('\n')[0]}`,
      'Mend the file and try again.',
    )
  if (document.contents === null) document.contents = document.createNode({}) as never
  const known = document.get('repos')
  if (known !== undefined && !isSeq(known))
    throw new UserError(`${FILE}: "repos" is no list`, 'Mend the file and try again.')
  const repos = known ?? new YAMLSeq()
  if (known === undefined) document.set('repos', repos)
  return { document, repos }
}

function entryFor(type: HookType, hasDependency: boolean) {
  return {
    repo: 'local',
    hooks: [
      {
        id: idOf(type),
        name: 'stanch: no secrets',
        entry: writeHookCommand(type, hasDependency),
        language: 'system',
        pass_filenames: false,
        always_run: true,
        stages: [type],
      },
    ],
  }
}

function findHook(repos: YAMLSeq, id: string): { repo: YAMLMap; hooks: YAMLSeq; at: number } | undefined {
  for (const repo of repos.items) {
    const hooks = isMap(repo) ? repo.get('hooks') : undefined
    if (!isMap(repo) || !isSeq(hooks)) continue
    const at = hooks.items.findIndex(hook => isMap(hook) && hook.get('id') === id)
    if (at >= 0) return { repo, hooks, at }
  }
  return undefined
}

/** The whole entry where there is nothing else in it. */
function removeHook(repos: YAMLSeq, id: string): boolean {
  const found = findHook(repos, id)
  if (!found) return false
  found.hooks.delete(found.at)
  if (found.hooks.items.length === 0) repos.delete(repos.items.indexOf(found.repo))
  return true
}
