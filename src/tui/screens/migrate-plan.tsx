import { Box, Text } from 'ink'
import { helpLines, reviewKeys } from '../migrate-keys.ts'
import {
  type Destination,
  goesOf,
  type MigrateState,
  offersOf,
  type ShownKey,
  type ShownPlan,
} from '../migrate-state.ts'
import { KeyLine } from './key-line.tsx'

export interface Size {
  rows: number
  columns: number
}

/** Lines of the screen that are not the list's. */
const FIXED = 16
/** Notes that are shown without asking for more. */
const NOTES = 4

/** Which file, which vault: one of a few. */
export function Offers({ state, title }: { state: MigrateState; title: string }) {
  const offers = offersOf(state)
  const width = Math.max(...offers.map(({ value }) => value.length))
  const chosen = offers[state.at]
  return (
    <Box flexDirection="column">
      <Text bold>{title}</Text>
      <Text> </Text>
      {offers.map(({ value, about }, i) => (
        <Text key={value} wrap="truncate" bold={i === state.at}>
          {`${i === state.at ? '>' : ' '} ${value.padEnd(width)}  ${about}`}
        </Text>
      ))}
      <Text> </Text>
      {state.typed === undefined ? (
        <Text wrap="truncate">↑↓ choose enter take q quit</Text>
      ) : (
        <Text wrap="truncate-start">
          {`Where in it? ${chosen?.value}:${state.typed}`}
          <Text inverse> </Text>
        </Text>
      )}
      <Text>{state.message || ' '}</Text>
    </Box>
  )
}

/** Where each key goes and why, what is done besides, and what else holds the plaintext. */
export function Review({ state, size, hasColor }: { state: MigrateState; size: Size; hasColor: boolean }) {
  const { plan } = state
  if (!plan) return <Text>{state.message || 'Asking the vault…'}</Text>
  return (
    <Box flexDirection="column" width={size.columns}>
      <Text bold wrap="truncate">
        {plan.title}
      </Text>
      <Text wrap="truncate">{countKeys(state, plan)}</Text>
      <Text> </Text>
      <Keys state={state} plan={plan} rows={Math.max(3, size.rows - FIXED)} hasColor={hasColor} />
      <Text> </Text>
      <Detail state={state} shown={plan.keys[state.at]} />
      <Text wrap="truncate">{describeWishes(state, plan)}</Text>
      {plan.notes.slice(0, NOTES).map(note => (
        <Text key={note} wrap="truncate">
          {note}
        </Text>
      ))}
      <Text wrap="truncate">
        {plan.notes.length > NOTES ? `and ${plan.notes.length - NOTES} more: ?` : ' '}
      </Text>
      <Bottom state={state} />
    </Box>
  )
}

function countKeys(state: MigrateState, { keys }: ShownPlan): string {
  const going = (goes: Destination) => keys.filter(key => goesOf(state, key) === goes)
  // A text may also hold what another key stores.
  const inTexts = going('split').filter(({ name }) => name !== '').length
  const template = going('plain').length + going('split').length - inTexts
  const within = inTexts === 0 ? '' : ` (${inTexts} within a text)`
  const left = going('leave').length === 0 ? '' : `, ${going('leave').length} left in the file`
  return `${going('store').length + inTexts} to the vault${within}, ${template} stay in the template${left}`
}

/** As many keys as there is room for, around the one that is looked at. */
function Keys({
  state,
  plan: { keys },
  rows,
  hasColor,
}: {
  state: MigrateState
  plan: ShownPlan
  rows: number
  hasColor: boolean
}) {
  const first = Math.max(0, Math.min(state.at - Math.floor(rows / 2), keys.length - rows))
  const width = Math.min(30, Math.max(...keys.map(({ key }) => key.length)))
  return (
    <Box flexDirection="column" height={Math.min(rows, keys.length)}>
      {keys.slice(first, first + rows).map((shown, i) => {
        const isHere = first + i === state.at
        return (
          <Text
            key={`${shown.stage} ${shown.key}`}
            wrap="truncate"
            bold={isHere}
            {...(hasColor && shown.action === 'FAIL' ? { color: 'red' } : {})}
          >
            {`${isHere ? '>' : ' '} ${shorten(shown.key, width).padEnd(width)}  ${describeAction(state, shown).padEnd(9)}  ${shown.stage}${shown.reason}`}
          </Text>
        )
      })}
    </Box>
  )
}

/** The whole name is told below the list. */
function shorten(key: string, width: number): string {
  return key.length > width ? `${key.slice(0, width - 1)}…` : key
}

const words = { store: 'store', plain: 'template', leave: 'leave', split: 'template' } as const

/** The word of the plan, or of what was chosen since. */
function describeAction(state: MigrateState, shown: ShownKey): string {
  const goes = goesOf(state, shown)
  return goes === shown.goes ? shown.action : `${words[goes]}…`
}

function Detail({ state, shown }: { state: MigrateState; shown: ShownKey | undefined }) {
  if (!shown) return <Text> </Text>
  const where = {
    store: shown.name === '' ? 'goes to the vault' : `goes to the vault as ${shown.name}`,
    plain: 'stays in the template, as text',
    leave: 'is left in the file',
    split: 'stays in the template, with its password in the vault',
  }[goesOf(state, shown)]
  return <Text wrap="truncate">{`${shown.key} ${where}`}</Text>
}

function describeWishes({ selection }: MigrateState, { copies }: ShownPlan): string {
  const box = (isOn: boolean, text: string) => `[${isOn ? 'x' : ' '}] ${text}`
  return [
    box(!selection.keepFile, 'remove the file'),
    ...(copies === 0
      ? []
      : [box(selection.removeCopies, `remove ${copies === 1 ? 'the copy' : `${copies} copies`}`)]),
    box(selection.example, 'example'),
    `conflicts: ${selection.onConflict}`,
  ].join('   ')
}

function Bottom({ state: { isAsking, selection, message } }: { state: MigrateState }) {
  if (isAsking)
    return (
      <>
        <Text bold wrap="truncate">
          {`Write to ${selection.vault}${selection.keepFile ? '' : ' and remove the file'}? It can be undone. y n`}
        </Text>
        <Text> </Text>
      </>
    )
  return (
    <>
      <KeyLine keys={reviewKeys} gap="  " />
      <Text wrap="truncate">{message.replaceAll('\n', ' ') || ' '}</Text>
    </>
  )
}

/** What the keys do, and all notes. */
export function More({ plan, rows }: { plan: ShownPlan; rows: number }) {
  const lines = [...helpLines, '', ...plan.notes].slice(0, rows - 4)
  return (
    <Box flexDirection="column">
      <Text bold>stanch migrate: keys and notes</Text>
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change places
        <Text key={i} wrap="truncate">
          {line === '' ? ' ' : line}
        </Text>
      ))}
      <Text> </Text>
      <Text>Any key: back</Text>
    </Box>
  )
}
