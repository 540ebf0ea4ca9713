import { render } from 'ink'
import type { ReactElement } from 'react'

const enter = '\x1b[?1049h\x1b[H'
const leave = '\x1b[?1049l\x1b[?25h'

/** Numbers of the signals that end a program, for its exit code. */
const signals = { SIGHUP: 1, SIGTERM: 15 } as const

/** Shows a screen until the person leaves it, or a signal comes; then the terminal is as it was before. */
export async function showOnTerminal(element: ReactElement, stdout: NodeJS.WritableStream): Promise<void> {
  stdout.write(enter)
  const screen = render(element)
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
}
