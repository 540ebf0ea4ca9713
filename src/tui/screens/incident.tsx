import { useApp, useInput, useStdout } from 'ink'
import { useEffect, useRef, useState } from 'react'
import { type PressedKey, readIncidentKey, splitInput } from '../incident-keys.ts'
import {
  type Decision,
  type IncidentAction,
  openIncident,
  reduceIncident,
  type ShownIncident,
  shownStep,
} from '../incident-state.ts'
import { Checklist, Help, type Paint } from './incident-checklist.tsx'

export interface IncidentProps extends Paint {
  incident: ShownIncident
  /** Writes a decision down; answers with the incident as it is then, and what there is to say. */
  onDecide: (decision: Decision) => Promise<{ incident: ShownIncident; message: string }>
  /** The incident where somebody else has changed it. */
  reload: () => ShownIncident | undefined
  copy: (text: string) => void
}

const SECOND = 1000

/** The checklist with its countdowns: what to do now in large, and the rest around it. */
export function IncidentScreen(props: IncidentProps) {
  const { exit } = useApp()
  const { stdout } = useStdout()
  const [state, setState] = useState(() => openIncident(props.incident))
  const [, setTick] = useState(0)
  // Keys may come faster than Ink renders: each goes by what the one before has made of the state.
  const current = useRef(state)
  const dispatch = (action: IncidentAction) => {
    const next = reduceIncident(current.current, action)
    if (next.decision && next.decision !== current.current.decision) decide(next.decision)
    current.current = next
    setState(next)
  }
  const decide = (decision: Decision) => {
    props.onDecide(decision).then(
      ({ incident, message }) => dispatch({ type: 'show', incident, message }),
      (error: unknown) =>
        dispatch({ type: 'tell', message: error instanceof Error ? error.message : String(error) }),
    )
  }
  useInput((input, key) => {
    for (const [text, pressed] of splitInput(input, key)) press(text, pressed)
  })
  const press = (input: string, key: PressedKey) => {
    const { entry, isHelp } = current.current
    if (isHelp) return dispatch({ type: 'help' })
    const pressed = readIncidentKey(input, key, entry !== undefined)
    if (!pressed) return
    if (pressed.type !== 'copy') return dispatch(pressed)
    const command = shownStep(current.current)?.commands[current.current.command]
    if (command !== undefined) props.copy(withoutComment(command))
    dispatch({ type: 'tell', message: command === undefined ? 'This step has no command.' : 'Copied.' })
  }
  useEffect(() => {
    const timer = setInterval(() => {
      const changed = props.reload()
      if (changed) dispatch({ type: 'show', incident: changed })
      else setTick(tick => tick + 1)
    }, SECOND)
    return () => clearInterval(timer)
  })
  useEffect(() => {
    if (state.hasQuit) exit()
  }, [state.hasQuit, exit])
  const size = { rows: stdout.rows || 24, columns: stdout.columns || 80 }
  if (state.isHelp) return <Help />
  return <Checklist state={state} size={size} {...props} />
}

/** A comment at a command's end, which some shells would take for arguments. */
function withoutComment(command: string): string {
  return command.replace(/ {3}# .*$/, '')
}
