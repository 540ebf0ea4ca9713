import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Project, rootOfTarget } from '../project.ts'

const names = [
  '.stanch.toml',
  '.stanchignore',
  '.stanch-baseline.jsonl',
  '.gitleaks.toml',
  '.betterleaks.toml',
  '.gitleaksignore',
  '.betterleaksignore',
]

/** Says which files of a scanned tree would have silenced findings, had it been the current project. */
export function describeForeignSettings(project: Project, targets: readonly string[], cwd: string): string[] {
  const roots = new Set(targets.map(target => rootOfTarget(project, resolve(cwd, target))))
  roots.delete(project.root)
  return [...roots].flatMap(root => {
    const found = names.filter(name => existsSync(join(root, name)))
    if (found.length === 0) return []
    return [
      `stanch: not honoured, because ${root} is not the current project: ${found.join(', ')}\n  Run with --cwd to scan it as a project of yours.\n`,
    ]
  })
}
