import { statSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { UserError } from '../../errors.ts'
import { findRepository, type Repository } from '../../git/repository.ts'
import type { EnvFile, ProjectFacts } from '../../hygiene/facts.ts'
import { findProblems } from '../../hygiene/find-problems.ts'
import type { HygieneRule, Problem } from '../../hygiene/problem.ts'
import { hygieneRules } from '../../hygiene/rules/index.ts'
import { createKeyClassifier } from '../classify-keys.ts'
import type { Context } from '../context.ts'
import { EnvReader } from './facts/env-text.ts'
import { createValueDigest } from './facts/value-digest.ts'
import { findElsewhere, findServed } from './find-elsewhere.ts'
import { gatherFacts } from './gather-facts.ts'
import { readHome } from './home/read-home.ts'
import { detectMachine } from './machine.ts'
import type { EnvOptions } from './options.ts'

/** What is known of one project, and what is wrong with it. Paths count from its root. */
export interface CheckedProject {
  root: string
  facts: ProjectFacts
  /** Those below the paths that were asked for. */
  files: EnvFile[]
  problems: Problem[]
}

export type EnvRequest = EnvOptions & { paths: readonly string[] }

/** Each path's project is looked at whole, because what is wrong with a file is told by others; then the paths select. */
export async function checkProjects(request: EnvRequest, context: Context): Promise<CheckedProject[]> {
  const reader = new EnvReader(createKeyClassifier(), createValueDigest())
  const rules = selectRules(request)
  const gathered: { project: Project; facts: ProjectFacts }[] = []
  for (const project of groupByProject(request.paths, context.cwd)) {
    const facts = await gatherFacts({
      ...project,
      reader,
      machine: request.machine ?? detectMachine(context.env),
      env: context.env,
      now: context.now().getTime(),
      maxAgeDays: request.maxAge,
      wholeHistory: request.wholeHistory ?? false,
      wants: rule => Object.hasOwn(rules, rule),
    })
    const home = request.home ? readHome(context.env, project.root, facts, reader) : []
    const sightings = [
      ...facts.sightings,
      ...(await findElsewhere(request, facts.files, reader.values, context)),
    ]
    const served = await findServed(request, facts.files, reader)
    gathered.push({ project, facts: { ...facts, home, sightings, served } })
  }
  return gathered.map(({ project, facts }) => {
    const neighbours = gathered.filter(other => other.project !== project).flatMap(nameFromOutside)
    return {
      root: project.root,
      facts,
      ...select(project, facts, findProblems({ ...facts, neighbours }, rules)),
    }
  })
}

interface Project {
  root: string
  repository: Repository | undefined
  /** From its root; an empty one is all of it. */
  wanted: string[]
}

function groupByProject(paths: readonly string[], cwd: string): Project[] {
  const projects = new Map<string, Project>()
  for (const path of paths.length ? paths : ['.']) {
    const full = resolve(cwd, path)
    const status = statSync(full, { throwIfNoEntry: false })
    if (!status)
      throw new UserError(
        `cannot read "${path}": no such file or directory`,
        'Check the path; it counts from the current directory.',
      )
    const folder = status.isDirectory() ? full : dirname(full)
    const found = findRepository(folder)
    const repository = found?.workTree === undefined ? undefined : found
    const root = repository?.workTree ?? folder
    const project = projects.get(root) ?? { root, repository, wanted: [] }
    project.wanted.push(relative(root, full).replaceAll(sep, '/'))
    projects.set(root, project)
  }
  return [...projects.values()]
}

function selectRules({ only, skip, home, image, imageReport }: EnvOptions): Record<string, HygieneRule> {
  return Object.fromEntries(
    Object.entries<HygieneRule>(hygieneRules).filter(
      ([name, { needs }]) =>
        (only.length === 0 || only.includes(name)) &&
        !skip.includes(name) &&
        (needs !== 'home' || home === true) &&
        (needs !== 'image' || image !== undefined || imageReport !== undefined),
    ),
  )
}

function select({ wanted }: Project, { files }: ProjectFacts, problems: Problem[]) {
  const isWanted = (path: string) =>
    wanted.some(prefix => prefix === '' || path === prefix || path.startsWith(`${prefix}/`))
  return {
    files: files.filter(({ path }) => isWanted(path)),
    problems: problems.filter(({ rule, path }) => isWanted(path) || looksOutside.has(rule)),
  }
}

const looksOutside = new Set(
  Object.entries<HygieneRule>(hygieneRules).flatMap(([name, { needs }]) => (needs ? [name] : [])),
)

function nameFromOutside({ project, facts }: { project: Project; facts: ProjectFacts }): EnvFile[] {
  return facts.files.map(file => ({ ...file, path: `${project.root}/${file.path}` }))
}
