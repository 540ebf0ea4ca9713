import { type ProcessResult, runProcess, runProcessSync } from '../system/process.ts'

/**
 * Options that keep git from running anything that the scanned repository configures, and from refusing or changing it.
 * `safe.directory` only guards against running such things, so it can be lifted once nothing runs.
 */
const harmless = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'safe.directory=*',
  '-c',
  'core.quotePath=false',
]

/** Variables of a surrounding git process that would point at another repository. */
const repositoryVariables = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_COMMON_DIR',
  'GIT_PREFIX',
]

/**
 * Runs git on the repository around `cwd`, whatever repository a surrounding hook stands in.
 * @param own variables that name another repository, index or objects after all
 */
export function runGit(
  cwd: string,
  args: readonly string[],
  own: NodeJS.ProcessEnv = {},
  input?: Uint8Array,
): Promise<ProcessResult> {
  return runProcess('git', [...harmless, ...args], {
    cwd,
    env: { ...makeEnvironment(), ...own },
    ...(input ? { input } : {}),
  })
}

/** The same at once, on a repository that is named by its directory. @param maxOutput bytes beyond which git is ended */
export function runGitSync(
  gitDir: string,
  args: readonly string[],
  maxOutput: number,
  input?: Uint8Array,
): ProcessResult {
  return runProcessSync('git', [...harmless, ...args], {
    cwd: gitDir,
    env: { ...makeEnvironment(), GIT_DIR: gitDir, GIT_NO_REPLACE_OBJECTS: '1' },
    maxOutput,
    ...(input ? { input } : {}),
  })
}

function makeEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  }
  for (const name of repositoryVariables) delete env[name]
  // Never fetches a missing object of a partial clone; gits that do not know the first know the second.
  env.GIT_NO_LAZY_FETCH = '1'
  env.GIT_ALLOW_PROTOCOL = ''
  return env
}
