import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { allShown, showStaged } from '../../git/show-staged.ts'
import { quickStart } from '../../hooks/quick-start.ts'
import { assetPath } from '../../system/assets.ts'
import { compileCode, isCompiled } from '../../system/load-code.ts'
import { runProcess } from '../../system/process.ts'
import type { Context } from '../context.ts'

interface HookCode {
  runQuickly: (context: Context, readListing: () => Buffer) => Promise<number | undefined>
}

/** Compiles the hook's code for the Node that runs now. The one without options comes last: where it is there, so is the other. */
export async function compileHookAnew(): Promise<void> {
  const args = [assetPath('dist/cli.js'), 'hook', 'compile']
  // Without it the hook is slower, but the same.
  for (const options of [quickStart, []])
    await runProcess(process.execPath, [...options, ...args], { env: process.env })
}

/**
 * Compiles the hook's code for the Node that runs now, with its options, by letting it look at a commit. An installation that cannot be
 * written to, or a machine without git, has a hook that starts 10 ms slower.
 */
export async function compileHook(): Promise<void> {
  if (isCompiled('hook-code')) return
  const directory = mkdtempSync(join(tmpdir(), 'stanch-compile-'))
  try {
    await makeStagedRepository(directory)
    const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, ...env } = process.env
    const context: Context = {
      stdout: process.stdout,
      stderr: process.stderr,
      stdin: process.stdin,
      env,
      cwd: directory,
      now: () => new Date(0),
    }
    const listing = Buffer.from(await listStaged(directory))
    await compileCode<HookCode>('hook-code', async ({ runQuickly }) => {
      await runQuickly(context, () => listing)
    })
  } catch {
    // As said above: slower, but the same.
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** What is ordinary in a commit: packed and loose objects, folders that did not change, code and settings without a secret. */
async function makeStagedRepository(directory: string): Promise<void> {
  write(directory, {
    'src/app/main.ts': 'export const a = 1\n',
    'config/app.yml': 'a: 1\n',
    'docs/a.md': '# a\n',
  })
  await git(directory, 'init', '--quiet')
  await git(directory, 'add', '--all')
  await git(directory, 'commit', '--quiet', '--message=one')
  await git(directory, 'gc', '--quiet')
  write(directory, { 'src/app/main.ts': code, 'config/app.yml': settings, 'src/app/new.py': code })
  await git(directory, 'add', '--all')
}

const code = `import { token } from './token.ts'
const apiKey = process.env.API_KEY ?? readSecret('api-key')
const password = getPassword(user), secret: string = options.secret
const url = \`https://\${user}:\${password}@example.com/a?b=c&token=\${token}\`
const escaped = "a\\u0041b\\x41c %41%42 &amp; &#65;"
const hash = '5d41402abc4b2a76b9719d911017c592'
// ${'lorem ipsum dolor sit amet '.repeat(20)}
`.repeat(20)

const settings = `database:
  password: <%= ENV["DB_PASSWORD"] %>
  url: postgres://localhost/app
secret_key: changeme
image: aGVsbG8gd29ybGQsIGhlbGxvIHdvcmxkLCBoZWxsbyB3b3JsZA==
`

function write(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    writeFileSync(join(directory, name), text)
  }
}

async function listStaged(directory: string): Promise<string> {
  return `${await git(directory, ...showStaged)}${allShown}`
}

async function git(cwd: string, ...args: string[]): Promise<string> {
  const who = [
    '-c',
    'user.name=stanch',
    '-c',
    'user.email=stanch@example.invalid',
    '-c',
    'core.hooksPath=/dev/null',
  ]
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, ...env } = process.env
  const { code, stdout, stderr } = await runProcess('git', [...who, '-c', 'commit.gpgSign=false', ...args], {
    cwd,
    env,
  })
  if (code !== 0) throw new Error(stderr)
  return stdout.toString()
}
