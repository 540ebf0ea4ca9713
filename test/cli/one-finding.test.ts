import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeTar } from '../support/make-archives.ts'
import { runCli } from '../support/run-cli.ts'
import { git, makeRepository, writeFiles } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const token = makeToken(1)

test('a secret has one fingerprint in tree, .env, index, history, diff and image, and is one finding in each', async () => {
  const directory = makeRepository({ 'src/pay.ts': `const key = '${token}'\n`, '.gitignore': '.env\n' })
  git(directory, 'add', '-A')
  git(directory, 'commit', '-qm', `Pay with ${token}`)
  writeFiles(directory, {
    '.env': `STRIPE_KEY=${token}\n`,
    'src/new.ts': `export const other = "${token}"\n`,
    'change.diff': `--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+k: ${token}\n`,
    'image.tar': await makeImage({ 'app/.env': `STRIPE_KEY=${token}\n` }),
  })
  git(directory, 'add', 'src/new.ts')
  const sources = {
    tree: ['src', '.env'],
    staged: ['--staged'],
    history: ['--history'],
    patch: ['--patch', 'change.diff'],
    image: ['--image', `docker-archive:${join(directory, 'image.tar')}`],
  }
  const found = Object.entries(sources).map(([name, args]) => {
    const { stdout } = runCli(['scan', '--format', 'json', ...args], { cwd: directory })
    const { findings } = JSON.parse(stdout)
    return [name, findings.length, findings[0].fingerprint, findings[0].places.map(describe).sort()]
  })
  const [[, , fingerprint] = []] = found
  expect(fingerprint).toMatch(/^st1:[0-9a-f]{20}$/)
  expect(found).toEqual([
    ['tree', 1, fingerprint, ['file .env', 'file src/new.ts', 'file src/pay.ts']],
    ['staged', 1, fingerprint, ['file src/new.ts']],
    // Git has written the message down in three more places.
    [
      'history',
      1,
      fingerprint,
      [
        'commit src/pay.ts',
        'file .git/COMMIT_EDITMSG',
        'file .git/logs/HEAD',
        'file .git/logs/refs/heads/main',
        'message ',
        'object src/new.ts',
      ],
    ],
    ['patch', 1, fingerprint, ['file x']],
    ['image', 1, fingerprint, ['layer app/.env']],
  ])
})

function describe({ kind, path = '' }: { kind: string; path?: string }): string {
  return `${kind} ${path}`
}

/** As `docker save` writes it. */
async function makeImage(files: Record<string, string>): Promise<Buffer> {
  const layer = await makeTar(files)
  const digest = createHash('sha256').update(layer).digest('hex')
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
    config: {},
    history: [{ created_by: 'COPY . /app' }],
  })
  const manifest = JSON.stringify([{ Config: 'config.json', RepoTags: ['shop:1'], Layers: ['layer.tar'] }])
  return makeTar({ 'manifest.json': manifest, 'config.json': config, 'layer.tar': layer })
}
