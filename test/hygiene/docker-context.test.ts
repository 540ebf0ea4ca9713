import { expect, test } from 'vitest'
import { findProblems } from '../../src/hygiene/find-problems.ts'
import { dockerContext } from '../../src/hygiene/rules/docker-context.ts'
import { file, project } from './make-facts.ts'

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
