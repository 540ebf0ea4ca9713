import { Box, Text, useApp, useInput, useStdout } from 'ink'
import { useEffect, useRef, useState } from 'react'
import { splitInput } from '../incident-keys.ts'
import type { MigrateAction } from '../migrate-actions.ts'
import { readMigrateKey } from '../migrate-keys.ts'
import type { MigrateRequest, MigrateState, Offer, Selection, ShownPlan } from '../migrate-state.ts'
import { reduceMigrate, startMigrate } from '../reduce-migrate.ts'
import { More, Offers, Review } from './migrate-plan.tsx'

export interface MigrateProps {
  files: readonly Offer[]
  vaults: readonly Offer[]
  selection: Selection
  hasColor: boolean
  /** What would be done. */
  plan: (selection: Selection) => Promise<ShownPlan>
  /** Does it; answers with what there is to say at the end. */
  apply: (selection: Selection, tell: (action: MigrateAction) => void) => Promise<readonly string[]>
  /** Called with each state, so that the caller knows how it ended. */
  onState: (state: MigrateState) => void
  /** What is shown of an error. */
  describe: (error: unknown) => readonly string[]
}

/** Guides through a migration: which vault, where each key goes, and what happens then. */
export function MigrateScreen(props: MigrateProps) {
  const { exit } = useApp()
  const { stdout } = useStdout()
  const [state, setState] = useState(() => startMigrate(props.files, props.vaults, props.selection))
  // Keys may come faster than Ink renders: each goes by what the one before has made of the state.
  const current = useRef(state)
  const dispatch = (action: MigrateAction) => {
    const before = current.current.request
    const next = reduceMigrate(current.current, action)
    current.current = next
    props.onState(next)
    setState(next)
    if (next.request && next.request !== before) serve(next.request)
  }
  const serve = (request: MigrateRequest) => {
    if (request.type === 'plan')
      props.plan(request.selection).then(
        plan => dispatch({ type: 'planned', request, plan }),
        error => dispatch({ type: 'refused', request, message: props.describe(error).join('\n') }),
      )
    else
      props.apply(request.selection, dispatch).then(
        lines => dispatch({ type: 'done', lines }),
        error => dispatch({ type: 'failed', lines: props.describe(error) }),
      )
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first plan is asked for once
  useEffect(() => {
    if (state.request) serve(state.request)
  }, [])
  useInput((input, key) => {
    for (const [text, pressed] of splitInput(input, key)) {
      const action = readMigrateKey(text, pressed, current.current)
      if (action) dispatch(action)
    }
  })
  useEffect(() => {
    if (state.hasQuit) exit()
  }, [state.hasQuit, exit])
  const size = { rows: stdout.rows || 24, columns: stdout.columns || 80 }
  switch (state.step) {
    case 'file':
      return <Offers state={state} title="Which file?" />
    case 'vault':
      return <Offers state={state} title={`Where do the secrets of ${state.selection.file} go?`} />
    case 'review':
      return state.isHelp && state.plan ? (
        <More plan={state.plan} rows={size.rows} />
      ) : (
        <Review state={state} size={size} hasColor={props.hasColor} />
      )
    default:
      return <Work state={state} />
  }
}

const WIDTH = 30

function Work({ state: { step, plan, progress, done } }: { state: MigrateState }) {
  const full = progress ? Math.round((WIDTH * progress.at) / progress.of) : 0
  return (
    <Box flexDirection="column">
      <Text bold wrap="truncate">
        {plan?.title ?? ''}
      </Text>
      <Text wrap="truncate">
        {progress
          ? `[${'#'.repeat(full)}${'-'.repeat(WIDTH - full)}] ${progress.at}/${progress.of} ${progress.name}`
          : ' '}
      </Text>
      <Text> </Text>
      {done.map(line => (
        <Text key={line}>{line}</Text>
      ))}
      <Text> </Text>
      <Text>{step === 'working' ? 'Whatever happens now can be resumed and undone.' : 'Any key: leave'}</Text>
    </Box>
  )
}
