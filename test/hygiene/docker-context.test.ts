import { expect, test } from 'vitest'
import type { EnvFile } from '../../src/hygiene/facts.ts'
import { findProblems } from '../../src/hygiene/find-problems.ts'
import { dockerContext } from '../../src/hygiene/rules/docker-context.ts'
import { tracked } from '../../src/hygiene/rules/tracked.ts'
import { config, file, key, project } from './make-facts.ts'

test('what copies all is told to pass the file by, and what names it to do without it, as an ignore line would break the build', () => {
  const adviceFor = (dockerfile: string) =>
    findProblems(
      project([file('docker/.env.prod')], {
        texts: new Map([['Dockerfile', `FROM scratch\n${dockerfile}`]]),
      }),
      { 'docker-context': dockerContext },
    ).map(({ fix, repairs }) => [fix, repairs])
  const ignore = { kind: 'ignore', path: '.dockerignore', line: 'docker/.env.prod' }
  const inFuture =
    "Give it to the container when it runs (Compose's env_file, docker run --env-file, a mounted secret), not to the image. " +
    'An image that was built so still holds it.'
  expect(adviceFor('COPY . /app')).toEqual([
    ['Add "docker/.env.prod" to .dockerignore. An image that was built so still holds it.', [ignore]],
  ])
  expect(adviceFor('COPY docker/.env.prod /app/.env')).toEqual([[inFuture, []]])
  expect(adviceFor('COPY . .\nRUN cp docker/.env.prod .env')).toEqual([[inFuture, []]])
  expect(adviceFor('# not .env.prod\nCOPY . /app').map(([, repairs]) => repairs)).toEqual([[ignore]])
})

test('no ignore line is written that may break a build: of what bundles read, and of what a command may read that git brings to every build', () => {
  const repairsFor = (dockerfile: string, more: Partial<EnvFile>) =>
    findProblems(
      project([file('.env', more)], { texts: new Map([['Dockerfile', `FROM scratch\n${dockerfile}`]]) }),
      { 'docker-context': dockerContext },
    ).map(({ repairs }) => repairs?.length)
  const build = 'COPY . .\nRUN make'
  expect(repairsFor(build, {})).toEqual([1])
  expect(repairsFor('RUN make tools\nCOPY . .', { tracked: true })).toEqual([1])
  expect(repairsFor(build, { tracked: true })).toEqual([0])
  expect(repairsFor(build, { keys: [key('TOKEN'), key('VITE_TITLE', config)] })).toEqual([0])
  expect(
    repairsFor(`${build}\nFROM a\nCOPY a .`, { keys: [key('TOKEN'), key('VITE_TITLE', config)] }),
  ).toEqual([0])
})

test('what a Dockerfile names is not untracked before it can do without, as builds of a clone would break', () => {
  const found = (dockerfile: string) =>
    findProblems(
      project([file('.env', { tracked: true })], { texts: new Map([['api/Dockerfile', dockerfile]]) }),
      {
        tracked,
      },
    ).map(({ fix, repairs }) => [fix.split(' which')[0]?.slice(0, 40), repairs?.length ?? 0])
  expect(found('COPY . .')).toEqual([['Untrack it (git rm --cached), ignore it,', 1]])
  expect(found('COPY .env .')).toEqual([['Have api/Dockerfile do without it first,', 0]])
})
