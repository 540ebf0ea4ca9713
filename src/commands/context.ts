import type { Command } from 'commander'

/** The world outside, as commands see it. Tests hand in their own. */
export interface Context {
  stdout: NodeJS.WritableStream & { isTTY?: boolean }
  stderr: NodeJS.WritableStream & { isTTY?: boolean }
  stdin: NodeJS.ReadableStream
  env: NodeJS.ProcessEnv
  cwd: string
  now: () => Date
  /** For a command that starts another: what stands behind `--`, as it is. */
  operands?: readonly string[]
}

/** A command in the registry: its one-line help is there at once, the rest is loaded on use. */
export interface CommandEntry {
  summary: string
  /** What stands behind `--` is another program's. */
  startsCommand?: boolean
  /** Not for people. */
  isHidden?: boolean
  load: () => Promise<{ define: (command: Command, context: Context, finish: Finish) => void }>
}

/** Takes the exit code of the action that ran. */
export type Finish = (exitCode: number) => void

export interface GlobalOptions {
  config?: string
  cwd?: string
  color: 'auto' | 'always' | 'never'
  quiet?: boolean
  verbose?: boolean
  logJson?: boolean
}
