import { render } from 'ink'
import { type IncidentProps, IncidentScreen } from './incident.tsx'

const enter = '\x1b[?1049h\x1b[H'
const leave = '\x1b[?1049l\x1b[?25h'

/** Numbers of the signals that end a program, for its exit code. */
const signals = { SIGHUP: 1, SIGTERM: 15 } as const

/** Shows the screen until the person leaves it, or a signal comes; then the terminal is as it was before. */
export async function showIncidentScreen(
  props: Omit<IncidentProps, 'copy'>,
  stdout: NodeJS.WritableStream,
): Promise<void> {
  stdout.write(enter)
  const screen = render(<IncidentScreen {...props} copy={copy} />)
  const endings = Object.entries(signals).map(
    ([signal, number]) => [signal, () => end(128 + number)] as const,
  )
  for (const [signal, ending] of endings) process.once(signal, ending)
  try {
    await screen.waitUntilExit()
  } finally {
    for (const [signal, ending] of endings) process.off(signal, ending)
    stdout.write(leave)
  }

  function end(code: number): void {
    screen.unmount()
    stdout.write(leave)
    process.exit(code)
  }

  /** OSC 52: the terminal puts it into the clipboard, over ssh, too. */
  function copy(text: string): void {
    stdout.write(`\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`)
  }
}
