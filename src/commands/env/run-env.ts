import { relative, resolve, sep } from 'node:path'
import { ExitCode } from '../../errors.ts'
import type { Context } from '../context.ts'
import { writeText } from '../write-text.ts'
import { type CheckedProject, checkProjects, type EnvRequest } from './check-projects.ts'
import { fixProjects } from './fix-projects.ts'
import { type EnvReport, envReporters } from './report/index.ts'
import { toldProblems } from './report/told-problems.ts'

/** Reports what is wrong, mends what may be mended when asked, and reports what remains. */
export async function runEnv(request: EnvRequest, context: Context): Promise<number> {
  let projects = await checkProjects(request, context)
  if (request.fix && (await fixProjects(projects, request, context)))
    projects = await checkProjects(request, context)
  const report = toReport(projects, context.cwd, request.all ?? false)
  await writeText(
    context.stdout,
    envReporters[request.format](report, { color: usesColor(request, context) }),
  )
  return toldProblems(report).length ? ExitCode.findings : ExitCode.clean
}

/** Paths as seen from the project that one stands in, as `stanch scan` names them; of others from the current directory. */
function toReport(projects: readonly CheckedProject[], cwd: string, tellsAll: boolean): EnvReport {
  const [first] = projects
  const isOne = projects.length === 1 && first !== undefined
  return {
    files: projects.flatMap(project =>
      project.files.map(file => ({
        ...file,
        path: name(project, file.path),
        uses: project.facts.uses,
        isInRepository: project.facts.isRepository,
      })),
    ),
    problems: projects.flatMap(project =>
      project.problems.map(problem =>
        problem.rule === 'image-layer' ? problem : { ...problem, path: name(project, problem.path) },
      ),
    ),
    tellsAll,
    histories: projects.flatMap(({ root, facts: { historyReach } }) =>
      historyReach ? [{ root: name({ root }, '') || '.', ...historyReach }] : [],
    ),
  }

  function name({ root }: Pick<CheckedProject, 'root'>, path: string): string {
    if (isOne) return path
    return relative(cwd, resolve(root, path)).replaceAll(sep, '/')
  }
}

/** `--color`, then NO_COLOR and FORCE_COLOR, then whether a person is looking. */
function usesColor({ color }: EnvRequest, { env, stdout }: Context): boolean {
  if (color !== 'auto') return color === 'always'
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0'
  return stdout.isTTY === true && env.TERM !== 'dumb'
}
