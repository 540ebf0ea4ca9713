import { type IncidentProps, IncidentScreen } from './incident.tsx'
import { showOnTerminal } from './on-terminal.ts'

/** Shows the screen until the person leaves it. */
export function showIncidentScreen(
  props: Omit<IncidentProps, 'copy'>,
  stdout: NodeJS.WritableStream,
): Promise<void> {
  return showOnTerminal(<IncidentScreen {...props} copy={copy} />, stdout)

  /** OSC 52: the terminal puts it into the clipboard, over ssh, too. */
  function copy(text: string): void {
    stdout.write(`\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`)
  }
}
