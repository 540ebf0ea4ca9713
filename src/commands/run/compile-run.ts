import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '../../model.ts'
import { compileCode } from '../../system/load-code.ts'
import { initLocalVault } from '../../vaults/local/init-local-vault.ts'
import type { Context } from '../context.ts'
import { openVault } from '../open-vault.ts'

interface RunCode {
  runQuickly: (words: readonly string[], context: Context) => Promise<number | undefined>
}

/**
 * Compiles the code of `stanch run` for the Node that runs now, as the build and `vault init` do, by letting it start a program with entries of a local
 * vault and with a template. Where it cannot be written down, `run` starts a little slower.
 */
export async function compileRun(): Promise<void> {
  const cwd = mkdtempSync(join(tmpdir(), 'stanch-compile-'))
  const { PATH, HOME } = process.env
  const env = {
    PATH,
    HOME,
    STANCH_IDENTITY_FILE: join(cwd, 'identity'),
    STANCH_LOCAL_VAULT: join(cwd, 'vault.age'),
  }
  const { stdout, stderr, stdin } = process
  const context: Context = { stdout, stderr, stdin, env, cwd, now: () => new Date(0) }
  try {
    writeFileSync(
      join(cwd, '.stanch.toml'),
      '[migrate]\nnamespace = "shop"\n[vaults.local]\ntype = "local"\n',
    )
    writeFileSync(join(cwd, 'template.env'), '# a\nA={local}\nB="x:{local:A}@{local:B}"\n')
    await initLocalVault({}, { store: 'local' }, { env, directory: cwd, now: context.now })
    const vault = await openVault({}, context)
    await vault.put?.('A', new Secret('a'))
    await vault.put?.('B', new Secret('b'))
    await compileCode<RunCode>('run-code', async ({ runQuickly }) => {
      await runQuickly(['--', process.execPath, '-e', '0'], context)
      await runQuickly(['--template', 'template.env', '--', process.execPath, '-e', '0'], context)
    })
  } catch {
    // As said above: slower, but the same.
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}
