import type { MigrateState } from '../migrate-state.ts'
import { type MigrateProps, MigrateScreen } from './migrate.tsx'
import { showOnTerminal } from './on-terminal.ts'

/** Shows the screen until the person leaves it; how it stood then. */
export async function showMigrateScreen(
  props: Omit<MigrateProps, 'onState'>,
  stdout: NodeJS.WritableStream,
): Promise<MigrateState | undefined> {
  let last: MigrateState | undefined
  const onState = (state: MigrateState) => {
    last = state
  }
  await showOnTerminal(<MigrateScreen {...props} onState={onState} />, stdout)
  return last
}
