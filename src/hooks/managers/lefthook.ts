import { join } from 'node:path'
import { isMap, isSeq, parseDocument, type YAMLSeq } from 'yaml'
import { UserError } from '../../errors.ts'
import type { HookManager, HookProject } from '../hook-manager.ts'
import type { HookType } from '../hook-type.ts'
import { writeHookCommand } from '../launcher.ts'

/** lefthook: a command, or a job where the file has jobs, in its YAML configuration. */
export const lefthook: HookManager = {
  name: 'lefthook',
  isUsed: ({ root, exists }) => [...files, ...others].some(name => exists(join(root, name))),
  fileOf,
  isInstalled(project, type) {
    const { document } = readConfig(project)
    return document.hasIn(pathOf(type)) || findJob(document.getIn([type, 'jobs'])) >= 0
  },
  install(project, type) {
    const { document, path } = readConfig(project)
    const command = commandFor(type, project.hasDependency)
    const jobs = document.getIn([type, 'jobs'])
    if (isSeq(jobs)) {
      removeJob(jobs)
      jobs.add(document.createNode({ name: 'stanch', ...command }))
    } else {
      document.setIn(pathOf(type), document.createNode(command))
    }
    return [{ path, text: document.toString({ lineWidth: 0 }) }]
  },
  uninstall(project, type) {
    const { document, path } = readConfig(project)
    const jobs = document.getIn([type, 'jobs'])
    const removed =
      (isSeq(jobs) && removeJob(jobs)) || (document.hasIn(pathOf(type)) && document.deleteIn(pathOf(type)))
    if (!removed) return []
    for (const parent of [[type, 'commands'], [type]]) {
      const left = document.hasIn(parent) ? document.getIn(parent) : undefined
      if (isMap(left) && left.items.length === 0) document.deleteIn(parent)
    }
    return [{ path, text: document.toString({ lineWidth: 0 }) }]
  },
  nextStep: ({ read, hooksPath }, type) =>
    /lefthook/i.test(read(join(hooksPath, type)) ?? '') ? undefined : 'Run "npx lefthook install" once.',
}

const pathOf = (type: HookType) => [type, 'commands', 'stanch']

const files = ['lefthook.yml', 'lefthook.yaml', '.lefthook.yml', '.lefthook.yaml']
const others = ['lefthook.toml', 'lefthook.json', '.lefthook.toml', '.lefthook.json']

function fileOf({ root, exists }: HookProject): string {
  return join(root, files.find(name => exists(join(root, name))) ?? 'lefthook.yml')
}

function readConfig(project: HookProject) {
  const { root, exists, read } = project
  const other = others.find(name => exists(join(root, name)))
  if (other !== undefined)
    throw new UserError(
      `${other} is not in YAML, so it is not changed`,
      `Add a pre-commit command that runs "${writeHookCommand('pre-commit', project.hasDependency)}".`,
    )
  const path = fileOf(project)
  const document = parseDocument(read(path) ?? '')
  if (document.errors.length > 0)
    throw new UserError(
      `${path}: ${document.errors[0]?.message.split('\n')[0]}`,
      'Mend the file and try again.',
    )
  if (document.contents === null) document.contents = document.createNode({}) as never
  return { document, path }
}

/** What git says to a pre-push hook comes by standard input and two arguments. */
function commandFor(type: HookType, hasDependency: boolean) {
  const run = writeHookCommand(type, hasDependency)
  return type === 'pre-push' ? { run: `${run} {1} {2}`, use_stdin: true } : { run }
}

function findJob(jobs: unknown): number {
  return isSeq(jobs) ? jobs.items.findIndex(job => isMap(job) && job.get('name') === 'stanch') : -1
}

function removeJob(jobs: YAMLSeq): boolean {
  const at = findJob(jobs)
  return at >= 0 && jobs.delete(at)
}
