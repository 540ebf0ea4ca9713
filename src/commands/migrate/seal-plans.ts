import { lstatSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { print } from '../../dotenv/print.ts'
import { UserError } from '../../errors.ts'
import { runGit } from '../../git/run-git.ts'
import type { CleanupStep } from '../../migration/journal.ts'
import type { Context } from '../context.ts'
import type { MigrationPlan } from './build-plan.ts'
import type { MigrateOptions } from './options.ts'
import type { PlaintextFile, SealedPart, SealedPlan } from './sealed-plan.ts'
import type { FileChange } from './text-file.ts'

/** What resume and undo will need. */
export async function sealPlans(
  plans: readonly MigrationPlan[],
  root: string,
  { keepFile }: MigrateOptions,
  more: readonly (FileChange | undefined)[],
): Promise<SealedPlan> {
  // Settings and recipes are those of the first file: the vault is the same for all.
  const [first] = plans
  const sources = plans.map(plan => sealSource(plan, root))
  const copies = keepFile ? [] : plans.flatMap(plan => sealCopies(plan, root))
  const tracked = plans.flatMap(({ cleanup }) =>
    cleanup.flatMap(({ what, path }) => (what === 'tracked' && !keepFile ? [path] : [])),
  )
  return {
    parts: plans.map(sealPart),
    others: [
      first?.settings,
      ...(first?.recipes ?? []),
      ...plans.map(({ example }) => example),
      ...more,
    ].filter(change => change !== undefined),
    plaintext: [...sources, ...copies],
    cleanup: keepFile
      ? []
      : [
          ...tracked.map((path): CleanupStep => ({ path, how: 'untracked' })),
          ...[...sources, ...copies].map(
            ({ path, left }): CleanupStep => ({ path, how: left === null ? 'removed' : 'reduced' }),
          ),
        ],
    index: tracked.length === 0 ? '' : await readIndex(tracked, root),
  }
}

function sealPart({ choice, decided, entries, writes, previous, template }: MigrationPlan): SealedPart {
  return {
    stage: choice.stage,
    writes,
    stored: decided.flatMap(({ stored }, i) => (stored && entries[i]?.action !== 'skip' ? [stored] : [])),
    previous: writes.flatMap(({ name }) => {
      const value = previous.get(name)
      return value === undefined ? [] : [{ name, value }]
    }),
    variables: decided.filter(entry => !entry.isLeft).map(({ key, value }) => [key, value.reveal()] as const),
    template,
  }
}

function sealSource({ source, decided }: MigrationPlan, root: string): PlaintextFile {
  const { path } = source
  const isLeft = new Set(decided.filter(entry => entry.isLeft).map(({ key }) => key))
  const left = source.tokens.filter(token => token.kind === 'entry' && isLeft.has(token.key))
  return {
    path: relative(root, path),
    base64: source.bytes.toString('base64'),
    mode: modeOf(path),
    left: isLeft.size === 0 ? null : print(left).toString('utf8'),
    isCopy: false,
  }
}

function sealCopies({ cleanup, source }: MigrationPlan, root: string): PlaintextFile[] {
  const own = relative(root, source.path)
  return cleanup
    .filter(({ action, path }) => action === 'remove' && path !== own)
    .map(({ path }) => ({
      path,
      base64: readFileSync(join(root, path)).toString('base64'),
      mode: modeOf(join(root, path)),
      left: null,
      isCopy: true,
    }))
}

/** @throws UserError for a link: what it leads to would stay */
function modeOf(path: string): number {
  const status = lstatSync(path)
  if (status.isSymbolicLink())
    throw new UserError(`"${path}" is a link to another file`, 'Migrate the file that it leads to.')
  return status.mode & 0o777
}

async function readIndex(paths: readonly string[], root: string): Promise<string> {
  const { stdout } = await runGit(root, ['--literal-pathspecs', 'ls-files', '--stage', '-z', '--', ...paths])
  return stdout.toString('utf8')
}

/** What was agreed to, for the journal. */
export function began(
  plans: readonly MigrationPlan[],
  { id, choice }: MigrationPlan,
  root: string,
  { namespace, to }: MigrateOptions,
  { now }: Context,
) {
  return {
    type: 'began' as const,
    id,
    at: now().toISOString(),
    migration: {
      vault: to ?? choice.store,
      ...(namespace === undefined ? {} : { namespace }),
      parts: plans.map(plan => ({
        file: relative(root, plan.source.path),
        stage: plan.choice.stage,
        dialect: plan.source.dialect,
        template: plan.template.path,
        writes: plan.writes.map(({ name, action, version }) => ({ name, action, version })),
      })),
    },
  }
}
