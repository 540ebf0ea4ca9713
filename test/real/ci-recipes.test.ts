import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { checkOut, makePrograms, makeProject } from '../support/ci-machine.ts'
import { codeBlocks } from '../support/code-blocks.ts'
import { findProgram } from '../support/find-program.ts'
import { makeDirectory, writeFiles } from '../support/temporary-directory.ts'

const [workflow = '', pipeline = ''] = codeBlocks('ci.md', 'yaml')

test('the action and the workflow of docs/ci.md are what the schemas for GitHub Actions want', () => {
  const validator = findProgram(
    'action-validator',
    'npm install @action-validator/cli @action-validator/core',
  )
  const directory = makeDirectory({ '.github/workflows/secrets.yml': workflow })
  const action = fileURLToPath(new URL('../../action.yml', import.meta.url))
  for (const path of [action, join(directory, '.github/workflows/secrets.yml')]) {
    const { status, stdout, stderr } = spawnSync(validator, [path], { encoding: 'utf8' })
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
  }
})

/** Runs the job as GitLab does, after a check against GitLab's own schema. */
function runJob(clone: string, variables: Record<string, string>) {
  const program = findProgram('gitlab-ci-local', 'npm install gitlab-ci-local@4.61.1')
  writeFiles(clone, { '.gitlab-ci.yml': pipeline })
  const given = Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`])
  const { status, stdout, stderr } = spawnSync(
    program,
    ['--force-shell-executor', '--artifacts-to-source', '--json-schema-validation', ...given, 'secrets'],
    {
      cwd: clone,
      encoding: 'utf8',
      env: {
        ...process.env,
        HOME: makeDirectory(),
        NO_COLOR: '1',
        PATH: `${makePrograms()}${delimiter}${process.env.PATH}`,
      },
    },
  )
  const file = join(clone, 'gl-secret-detection-report.json')
  try {
    const { vulnerabilities } = JSON.parse(readFileSync(file, 'utf8'))
    return {
      status,
      paths: vulnerabilities.map(({ location }: { location: { file: string } }) => location.file).sort(),
    }
  } catch (error) {
    throw new Error(`${stdout}\n${stderr}`, { cause: error })
  }
}

test.each<[string, (base: string, head: string) => Record<string, string>, string[]]>([
  [
    'a merge request',
    (base, head) => ({
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      CI_COMMIT_SHA: head,
    }),
    ['new.txt'],
  ],
  ['a schedule', () => ({ CI_PIPELINE_SOURCE: 'schedule' }), ['new.txt', 'old.txt']],
  [
    'the default branch',
    base => ({
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_BRANCH: 'main',
      CI_DEFAULT_BRANCH: 'main',
      CI_COMMIT_SHA: base,
    }),
    ['old.txt'],
  ],
])('the job for GitLab CI scans of %s what it should', (_, variables, paths) => {
  const project = makeProject()
  const { directory, base, head } = project
  expect(directory).not.toBe('')
  const result = runJob(checkOut(project, 'topic'), variables(base, head))
  expect(result).toEqual({ status: 1, paths })
})
