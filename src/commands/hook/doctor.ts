import { accessSync, constants } from 'node:fs'
import { join, relative } from 'node:path'
import { ExitCode } from '../../errors.ts'
import { readBeforeBlock, readBlock } from '../../hooks/hook-block.ts'
import type { HookManager, HookProject } from '../../hooks/hook-manager.ts'
import { type HookType, hookTypes } from '../../hooks/hook-type.ts'
import { hookManagers } from '../../hooks/managers/index.ts'
import { runProcess } from '../../system/process.ts'
import type { Context } from '../context.ts'
import { writeText } from '../write-text.ts'
import { readHookProject } from './hook-project.ts'

interface Installed {
  manager: HookManager
  type: HookType
}

/** Is it installed, does git run it, does it work, is it bypassed? Exit code 1 with a problem. */
export async function checkHooks(context: Context): Promise<number> {
  const project = await readHookProject(context.cwd)
  const installed = findInstalled(project)
  const lines = installed.map(
    ({ manager, type }) =>
      `${type} hook in ${relative(context.cwd, manager.fileOf(project, type))} (${manager.name})`,
  )
  const problems = [
    ...(installed.length ? [] : ['no hook is installed: run "stanch hook install"']),
    ...installed.flatMap(one => findShadow(project, one)),
    ...installed.flatMap(one => findScriptProblems(project, one)),
    ...(await Promise.all(installed.map(one => tryOut(project, one)))).flat(),
    ...(await findBypasses(project, context.env)),
  ]
  await writeText(
    context.stdout,
    [
      ...lines,
      ...problems.map(problem => `problem: ${problem}`),
      ...(problems.length ? [] : ['All is well.']),
      '',
    ].join('\n'),
  )
  return problems.length ? ExitCode.findings : ExitCode.clean
}

function findInstalled(project: HookProject): Installed[] {
  const everywhere = [project, { ...project, hooksPath: project.defaultHooksPath }]
  return Object.values(hookManagers).flatMap(manager =>
    manager.isUsed(project)
      ? hookTypes.flatMap(type =>
          everywhere.some(place => manager.isInstalled(place, type)) ? [{ manager, type }] : [],
        )
      : [],
  )
}

/** Git runs hooks from one folder only. */
function findShadow(project: HookProject, { manager, type }: Installed): string[] {
  const { hooksPath, hooksPathScope, defaultHooksPath, read } = project
  if (manager.name !== 'git') {
    const next = manager.nextStep?.(project, type)
    return next ? [`${type}: git does not call ${manager.name}: ${next}`] : []
  }
  if (hooksPath === defaultHooksPath || readBlock(read(join(hooksPath, type)) ?? '', type) !== undefined)
    return []
  return [
    `${type}: the hook in "${defaultHooksPath}" is never run: core.hooksPath (${hooksPathScope} configuration) makes git look in "${hooksPath}"`,
  ]
}

function findScriptProblems(project: HookProject, { manager, type }: Installed): string[] {
  if (manager.name !== 'git' && manager.name !== 'husky') return []
  const path = manager.fileOf(project, type)
  const text = project.read(path) ?? ''
  return [
    ...(manager.name === 'git' && text !== '' && !isExecutable(path)
      ? [`${type}: "${path}" is not executable, so git ignores it: chmod +x it`]
      : []),
    ...(/^\s*(?:exit|exec)\b/m.test(readBeforeBlock(text, type))
      ? [`${type}: a line before ours in "${path}" ends the script early`]
      : []),
  ]
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Runs our own lines of a script, and nobody else's, so far that they answer. */
async function tryOut(project: HookProject, { manager, type }: Installed): Promise<string[]> {
  const lines = readBlock(project.read(manager.fileOf(project, type)) ?? '', type)
  if (lines === undefined) return []
  const { code, stdout, stderr } = await runProcess(
    'sh',
    ['-c', lines.replace(/^exec .*\.before-stanch.*$/m, '')],
    {
      cwd: project.root,
      env: { ...process.env, STANCH_HOOK_CHECK: '1' },
    },
  )
  if (code === 0 && stdout.toString().includes(HOOK_ANSWER)) return []
  return [`${type}: the hook does not work: ${stderr.trim() || `exit code ${code}`}`]
}

/** What `stanch hook run` prints when it is only asked whether it is there. */
export const HOOK_ANSWER = 'stanch hook: here'

async function findBypasses(project: HookProject, env: NodeJS.ProcessEnv): Promise<string[]> {
  const { stdout } = await runProcess('git', ['config', '--get-regexp', '^alias\\.'], {
    cwd: project.root,
    env: process.env,
  })
  const aliases = stdout
    .toString('utf8')
    .split('\n')
    .filter(line => /--no-verify|\bcommit\b.*\s-\w*n/.test(line))
    .map(line => `the alias "${line.split(' ')[0]?.replace('alias.', '')}" skips hooks (--no-verify)`)
  const switches = [
    ...(env.HUSKY === '0' ? ['HUSKY=0 switches husky off'] : []),
    ...(env.LEFTHOOK === '0' || env.LEFTHOOK === 'false' ? ['LEFTHOOK=0 switches lefthook off'] : []),
    ...(/(?:^|,)\s*stanch\b/.test(env.SKIP ?? '')
      ? ['SKIP makes the pre-commit framework leave stanch out']
      : []),
  ]
  return [...aliases, ...switches]
}
