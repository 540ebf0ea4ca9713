import { Box, Text, useApp, useInput } from 'ink'
import { useEffect, useRef, useState } from 'react'
import type { Severity } from '../../model.ts'
import { auditKeys, readAuditKey } from '../audit-keys.ts'
import {
  type AuditItem,
  type AuditState,
  countVerdicts,
  isDone,
  type Judgement,
  reduceAudit,
  startAudit,
} from '../audit-state.ts'

interface AuditProps {
  items: readonly AuditItem[]
  /** Called for every judgement at once, so that nothing is lost when the screen is left. */
  onJudge: (fingerprint: string, judgement: Judgement) => void
}

/** Judges findings one by one. */
export function AuditScreen({ items, onJudge }: AuditProps) {
  const { exit } = useApp()
  const [state, setState] = useState(() => startAudit(items))
  // Keys may come faster than Ink renders: each goes by what the one before has made of the state.
  const current = useRef(state)
  useInput((input, key) => {
    const before = current.current
    const action = readAuditKey(input, key, before.reason !== undefined)
    if (!action) return
    const next = reduceAudit(before, action)
    current.current = next
    for (const [fingerprint, judgement] of next.judgements)
      if (before.judgements.get(fingerprint) !== judgement) onJudge(fingerprint, judgement)
    setState(next)
  })
  const isOver = isDone(state)
  useEffect(() => {
    if (isOver) exit()
  }, [isOver, exit])
  const item = state.items[state.at]
  return (
    <Box flexDirection="column">
      <Progress state={state} />
      {item && !isOver ? <Finding item={item} /> : null}
      {isOver ? null : state.reason === undefined ? <Keys /> : <Reason text={state.reason} />}
    </Box>
  )
}

function Progress({ state }: { state: AuditState }) {
  const counts = countVerdicts(state)
  const shown = isDone(state) ? 'done' : `${state.at + 1} of ${state.items.length}`
  return (
    <Text>
      <Text bold>stanch baseline audit</Text>
      {`   ${shown}   ${counts.false} false, ${counts.accepted} accepted, ${counts.real} real`}
    </Text>
  )
}

const colors: Record<Severity, string> = { critical: 'red', high: 'red', medium: 'yellow', low: 'blue' }

function Finding({ item }: { item: AuditItem }) {
  const { severity, description, rule, confidence, masked, places, snippet, fingerprint } = item
  const more = places.length > 1 ? ` and ${places.length - 1} more` : ''
  return (
    <Box flexDirection="column" marginY={1}>
      <Text wrap="truncate">
        <Text color={colors[severity]}>{severity}</Text>
        {`  ${description}  `}
        <Text dimColor>{rule}</Text>
      </Text>
      <Text wrap="truncate">{`${masked}  ${Math.round(confidence * 100)} % sure  ${fingerprint}`}</Text>
      <Text color="cyan" wrap="truncate">{`${places[0] ?? ''}${more}`}</Text>
      <Box flexDirection="column" marginTop={snippet.length ? 1 : 0}>
        {snippet.map(({ number, text, isMatch }) => (
          <Text key={number} wrap="truncate" dimColor={!isMatch}>
            {`${isMatch ? '>' : ' '} ${String(number).padStart(5)}  ${text}`}
          </Text>
        ))}
      </Box>
    </Box>
  )
}

function Keys() {
  return (
    <Text>
      {auditKeys.map(([key, meaning]) => (
        <Text key={key}>
          <Text bold color="green">
            {key}
          </Text>
          {` ${meaning}   `}
        </Text>
      ))}
    </Text>
  )
}

function Reason({ text }: { text: string }) {
  return (
    <Text>
      {`Why is it accepted? ${text}`}
      <Text inverse> </Text>
      <Text dimColor>{'   enter to accept, escape to go back'}</Text>
    </Text>
  )
}
