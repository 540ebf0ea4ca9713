import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { checkOut, makeProject, type Project, runShell } from '../support/ci-machine.ts'
import { codeBlocks } from '../support/code-blocks.ts'
import { makeToken } from '../support/tokens.ts'

const action = parse(readFileSync(fileURLToPath(new URL('../../action.yml', import.meta.url)), 'utf8'))

/** Runs the steps of our action as a runner does: inputs with their defaults, expressions that name one value. */
function runAction(clone: string, given: Record<string, string>, github: object) {
  const defaults = Object.entries<{ default: string }>(action.inputs).map(([name, { default: value }]) => [
    name,
    value,
  ])
  const context = { inputs: { ...Object.fromEntries(defaults), ...given }, github }
  const evaluate = (text: string) =>
    text.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, path: string) => {
      let value: unknown = context
      for (const name of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[name]
      return String(value ?? '')
    })
  const [step, ...others] = action.runs.steps
  expect(others).toEqual([])
  expect(step.run).not.toContain('${{')
  const env = Object.entries<string>(step.env).map(([name, text]) => [name, evaluate(text)])
  return runShell(step.run, clone, { ...Object.fromEntries(env), GITHUB_ACTIONS: 'true' })
}

const pull = ({ base, head }: Project) => ({
  event_name: 'pull_request',
  event: { pull_request: { base: { sha: base }, head: { sha: head } } },
})

/** Paths that annotations name. */
const annotated = (stdout: string) =>
  [...stdout.matchAll(/^::(?:error|warning)\b.*?file=([^,]+)/gm)].map(([, path]) => path)

test.each<[string, (project: Project) => object, string[]]>([
  ['a pull request: its commits', pull, ['new.txt']],
  [
    'a push: what it brings',
    ({ base, head }) => ({ event_name: 'push', event: { before: base, after: head } }),
    ['new.txt'],
  ],
  [
    'a push of a new branch: all that it leads to',
    ({ head }) => ({ event_name: 'push', event: { before: '0'.repeat(40), after: head } }),
    ['new.txt', 'old.txt'],
  ],
  ['a schedule: everything', () => ({ event_name: 'schedule', event: {} }), ['new.txt', 'old.txt']],
])('the action scans of %s', (_, github, paths) => {
  const project = makeProject()
  const { code, stdout, stderr } = runAction(checkOut(project, 'topic'), {}, github(project))
  expect({ code, stderr, paths: annotated(stdout).sort() }).toEqual({ code: 1, stderr: '', paths })
})

test('the action scans the files only where it is asked to, with more options', () => {
  const project = makeProject()
  const clone = checkOut(project, 'topic')
  const inputs = { scan: 'tree', arguments: '--exclude *.md --no-exit-code', sarif: 'out.sarif' }
  const { code, stdout } = runAction(clone, inputs, pull(project))
  expect({ code, paths: annotated(stdout) }).toEqual({ code: 0, paths: ['new.txt'] })
  expect(JSON.parse(readFileSync(join(clone, 'out.sarif'), 'utf8')).runs[0].results.length).toBe(1)
})

test('the action says how to fetch a range that a shallow clone lacks, and that a shallow clone is not all', () => {
  const project = makeProject()
  const clone = checkOut(project, 'topic', '--depth', '1')
  const range = runAction(clone, {}, pull(project))
  expect(range.code).toBe(2)
  expect(range.stderr).toContain('This clone is shallow: fetch the commits first')
  const whole = runAction(
    clone,
    { arguments: '--strict --no-exit-code' },
    { event_name: 'schedule', event: {} },
  )
  expect(whole.code).toBe(2)
})

test('text of an event does not become part of the script', () => {
  const project = makeProject()
  const clone = checkOut(project, 'topic')
  const evil = {
    event_name: 'push',
    event: { before: project.base, after: '$(touch evil)`touch evil`;touch evil' },
  }
  expect(runAction(clone, {}, evil).code).toBe(2)
  expect(runAction(clone, { scan: '$(touch evil)' }, evil).stderr).toContain('there is no scan')
  expect(existsSync(join(clone, 'evil'))).toBe(false)
})

/** The shell part of docs/ci.md for Jenkins. */
const jenkins = () => /sh '''\n(.*?)'''/s.exec(codeBlocks('ci.md', 'groovy')[0] ?? '')?.[1] ?? ''

test.each([
  ['a pull request', { CHANGE_TARGET: 'main' }, [2]],
  ['any other build', {}, [1, 2]],
])('the shell part for Jenkins scans of %s what it should', (_, variables, numbers) => {
  const clone = checkOut(makeProject(), 'topic')
  expect(jenkins()).not.toBe('')
  expect(runShell(jenkins(), clone, variables, 'sh').code).toBe(1)
  const report = readFileSync(join(clone, 'stanch.xml'), 'utf8')
  expect(report.match(/<failure/g)?.length).toBe(numbers.length)
})

test('the commands for a shell scan a branch, then everything', () => {
  const [fetch = '', branch = '', whole = ''] = (codeBlocks('ci.md', 'sh')[0] ?? '').trim().split('\n')
  const clone = checkOut(makeProject(), 'topic', '--depth', '1', '--no-single-branch')
  expect(runShell(whole, clone, {}, 'sh').code).toBe(2)
  expect(runShell(fetch, clone, {}, 'sh').code).toBe(0)
  const counts = [branch, whole].map(command => {
    const { code, stdout } = runShell(
      `${command.split('#')[0]} --format jsonl --show-secrets`,
      clone,
      {},
      'sh',
    )
    return [code, [1, 2].filter(number => stdout.includes(makeToken(number)))]
  })
  expect(counts).toEqual([
    [1, [2]],
    [1, [1, 2]],
  ])
})
