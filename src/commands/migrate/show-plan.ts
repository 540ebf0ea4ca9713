import { holdsPassword, type TemplatePart } from '../../migration/decide-values.ts'
import { printable } from '../../reporters/printable.ts'
import type { Destination, Selection, ShownPlan } from '../../tui/migrate-state.ts'
import type { MigrationPlan } from './build-plan.ts'
import { describeBlanked, describeCleanup, describeDivergence, says } from './print-plan.ts'

/** The plan as the screen shows it; never a value. */
export function showPlan(plans: readonly MigrationPlan[], { goes }: Selection): ShownPlan {
  const title = plans.map(({ source, choice }) => `${source.file} → ${choice.store}, stage ${choice.stage}`)
  return {
    title: printable(`stanch migrate   ${title.join(';  ')}`),
    keys: plans.flatMap(({ choice, decided, entries }) =>
      decided.map(({ key, value, classification, parts, isLeft }, i) => {
        const entry = entries[i]
        const canSplit = classification.class === 'secret' && holdsPassword(value.reveal())
        return {
          key,
          stage: plans.length > 1 ? `${choice.stage}: ` : '',
          goes: destinationOf(parts, isLeft),
          canSplit,
          action: entry ? says[entry.action] : '',
          name: printable(entry?.name ?? ''),
          reason: printable(entry?.reason ?? ''),
          isFixed: isLeft && goes.get(key) !== 'leave',
        }
      }),
    ),
    notes: plans.flatMap(notesOf),
    copies: plans.flatMap(({ cleanup }) => cleanup).filter(isCopy).length,
    canApply: plans.every(({ entries }) => entries.every(({ action }) => action !== 'fail')),
  }
}

function destinationOf(parts: readonly TemplatePart[], isLeft: boolean): Destination {
  if (isLeft) return 'leave'
  if (parts.every(part => 'text' in part)) return 'plain'
  return parts.length === 1 ? 'store' : 'split'
}

function isCopy({ what, path }: MigrationPlan['cleanup'][number]): boolean {
  return (what === 'backup' || what === 'editor') && !path.startsWith('~')
}

function notesOf({ source, template, settings, recipes, cleanup }: MigrationPlan): string[] {
  return [
    ...source.divergences.map(describeDivergence),
    ...source.blanked.map(describeBlanked),
    ...cleanup.filter(({ what }) => what !== 'file' && what !== 'tracked').map(describeCleanup),
    `template  ${template.path}${settings ? `; ${settings.path} gets the vault` : ''}`,
    ...recipes.map(({ path }) => `recipe    ${path}`),
  ].map(line => printable(line))
}
