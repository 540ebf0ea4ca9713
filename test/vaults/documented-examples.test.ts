import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'
import { expect, test } from 'vitest'
import { makeDirectory } from '../support/temporary-directory.ts'

const page = readFileSync(new URL('../../docs/secrets.md', import.meta.url), 'utf8')
const examples = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code)

test('every example of docs/secrets.md prints what stands behind it', () => {
  const built = new URL('../../dist/index.js', import.meta.url).href
  const program = examples
    .map(code => transformSync(code, { loader: 'ts' }).code.replaceAll('"stanch"', JSON.stringify(built)))
    .map(
      code =>
        `await (async () => {\n${code.replace(/import \{(.*?)\} from (.*);/g, 'const {$1} = await import($2);')}})();`,
    )
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program.join('\n')], {
    cwd: makeDirectory(),
    encoding: 'utf8',
  })
  const promised = examples.flatMap(code => [...code.matchAll(/ \/\/ (.*)$/gm)].map(([, said]) => said))
  expect({ said: stdout.trim().split('\n'), stderr }).toEqual({ said: promised, stderr: '' })
})
