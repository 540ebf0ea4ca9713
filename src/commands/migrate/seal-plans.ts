import { statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { print } from '../../dotenv/print.ts'
import type { Context } from '../context.ts'
import type { MigrationPlan } from './build-plan.ts'
import type { MigrateOptions } from './options.ts'
import type { SealedPart, SealedPlan } from './sealed-plan.ts'
import type { FileChange } from './text-file.ts'

/** What resume and undo will need. */
export function sealPlans(
  plans: readonly MigrationPlan[],
  root: string,
  options: MigrateOptions,
  more: readonly (FileChange | undefined)[],
): SealedPlan {
  // Settings and recipes are those of the first file: the vault is the same for all.
  const [first] = plans
  return {
    parts: plans.map(plan => sealPart(plan, root, options)),
    others: [first?.settings, ...(first?.recipes ?? []), ...more].filter(change => change !== undefined),
  }
}

function sealPart(plan: MigrationPlan, root: string, { keepFile }: MigrateOptions): SealedPart {
  const { source, choice, decided, entries, writes, previous, template, cleanup } = plan
  const path = resolve(source.file)
  const name = relative(root, path)
  const isLeft = new Set(decided.filter(entry => entry.isLeft).map(({ key }) => key))
  const left =
    isLeft.size === 0
      ? null
      : print(source.tokens.filter(token => token.kind === 'entry' && isLeft.has(token.key))).toString('utf8')
  const wasTracked = cleanup.some(({ what }) => what === 'tracked')
  return {
    stage: choice.stage,
    file: { path: name, base64: source.bytes.toString('base64'), mode: statSync(path).mode & 0o777 },
    left,
    wasTracked,
    writes,
    stored: decided.flatMap(({ stored }, i) => (stored && entries[i]?.action !== 'skip' ? [stored] : [])),
    previous: writes.flatMap(({ name }) => {
      const value = previous.get(name)
      return value === undefined ? [] : [{ name, value }]
    }),
    variables: decided.filter(entry => !entry.isLeft).map(({ key, value }) => [key, value.reveal()] as const),
    template,
    cleanup: keepFile
      ? []
      : [
          ...(wasTracked ? [{ path: name, how: 'untracked' as const }] : []),
          { path: name, how: left === null ? ('removed' as const) : ('reduced' as const) },
        ],
  }
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
        file: relative(root, resolve(plan.source.file)),
        stage: plan.choice.stage,
        dialect: plan.source.dialect,
        template: plan.template.path,
        writes: plan.writes.map(({ name, action, version }) => ({ name, action, version })),
      })),
    },
  }
}
