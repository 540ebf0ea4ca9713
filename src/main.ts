/** argv → command, loaded on use. The only place that prints errors and sets the exit code. */
import { Command, CommanderError, Help } from 'commander'
import type { CommandEntry, Context, Finish } from './commands/context.ts'
import { addGlobalOptions } from './commands/global-options.ts'
import { commands } from './commands/index.ts'
import { ExitCode, UserError } from './errors.ts'
import { nearest } from './settings/nearest.ts'
import { version } from './version.ts'

const examples = `
Examples:
  stanch scan .                       secrets in the working tree
  stanch scan --format sarif -o r.sarif   for a code host
  stanch rules list                   what is looked for
`

const context: Context = {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  env: process.env,
  cwd: process.cwd(),
  now: () => (process.env.STANCH_NOW ? new Date(process.env.STANCH_NOW) : new Date()),
}

// Whoever reads us may stop early (`| head`): that is no error, the exit code follows the findings.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const { own: argv, operands } = splitOperands(process.argv.slice(2))
process.exitCode = await main(argv)

/** A command that starts another one gets what is behind `--` as it is. */
function splitOperands(words: readonly string[]): { own: readonly string[]; operands?: readonly string[] } {
  const name = words.find(word => Object.hasOwn(commands, word))
  const entry = Object.entries<CommandEntry>(commands).find(([known]) => known === name)?.[1]
  const at = entry?.startsCommand ? words.indexOf('--') : -1
  return at < 0 ? { own: words } : { own: words.slice(0, at), operands: words.slice(at + 1) }
}

async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = ExitCode.clean
  const program = describeProgram()
  try {
    await addCommands(program, argv, code => {
      exitCode = code
    })
    if (argv.length === 0) program.outputHelp()
    else await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    return reportError(error, program)
  }
}

function describeProgram(): Command {
  return addGlobalOptions(configure(new Command('stanch')))
    .description('Finds leaked secrets, drives the response, moves secrets out of files into vaults.')
    .addHelpText('after', examples)
}

async function addCommands(program: Command, argv: readonly string[], finish: Finish): Promise<void> {
  const wanted = argv.find(word => Object.hasOwn(commands, word))
  // `vault get --version 3` means an entry's.
  if (wanted !== 'vault') program.version(version, '-V, --version', 'print the version')
  for (const [name, entry] of Object.entries<CommandEntry>(commands)) {
    const command = configure(program.command(name, { hidden: entry.isHidden ?? false })).description(
      entry.summary,
    )
    if (name === wanted) (await entry.load()).define(command, contextFor(argv), finish)
  }
}

/** Commander's own errors come to us, so that all look alike and end with 2. */
function configure(command: Command): Command {
  return command
    .exitOverride()
    .configureOutput({ writeErr: () => {}, writeOut: text => context.stdout.write(text) })
    .configureHelp({
      optionDescription: option => describe(new Help().optionDescription(option)),
      argumentDescription: argument => describe(new Help().argumentDescription(argument)),
    })
    .showSuggestionAfterError(false)
    .allowExcessArguments(false)
}

/** An empty list is no default worth a word. */
function describe(text: string): string {
  return text.replace(/ ?\(default: \[\]\)/, '')
}

function contextFor(words: readonly string[]): Context {
  const argv = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
  const at = argv.findIndex(word => word === '--cwd' || word.startsWith('--cwd='))
  const word = argv[at]
  const directory = word === '--cwd' ? argv[at + 1] : word?.slice('--cwd='.length)
  const given = operands === undefined ? context : { ...context, operands }
  if (directory === undefined) return given
  try {
    process.chdir(directory)
  } catch (error) {
    throw new UserError(`cannot enter "${directory}"`, 'Check the directory given with --cwd.', {
      cause: error,
    })
  }
  return { ...given, cwd: process.cwd() }
}

function reportError(error: unknown, program: Command): number {
  if (error instanceof CommanderError) return reportUsage(error, program)
  if (error instanceof UserError) return print(error.message, error.hint, error)
  // A fault of ours: the stack is what a report needs. Thrown on, Node would print a line of the bundle with it.
  context.stderr.write(`stanch: internal error\n${error instanceof Error ? error.stack : String(error)}\n`)
  return ExitCode.trouble
}

function reportUsage(error: CommanderError, program: Command): number {
  if (error.exitCode === 0) return ExitCode.clean
  const message =
    error.code === 'commander.help' ? 'a subcommand is missing' : error.message.replace(/^error: /, '')
  return print(message, hintFor(message, program), error)
}

function hintFor(message: string, program: Command): string {
  const unknown = /unknown (option|command) '([^']+)'/.exec(message)
  const command = program.commands.find(known => argv.includes(known.name())) ?? program
  const names =
    unknown?.[1] === 'command'
      ? command.commands.map(known => known.name())
      : [...command.options, ...program.options].flatMap(option => (option.long ? [option.long] : []))
  const near = unknown?.[2] && nearest(unknown[2].split('=')[0] ?? '', names)
  const manual = `Run "stanch ${command === program ? '' : `${command.name()} `}--help".`
  return near ? `Did you mean ${near}? ${manual}` : manual
}

function print(message: string, hint: string, error: Error): number {
  context.stderr.write(plain(`stanch: ${message}\n  ${hint}\n`))
  if (argv.includes('--verbose')) context.stderr.write(`${error.stack ?? ''}\n`)
  return error instanceof UserError ? error.exitCode : ExitCode.trouble
}

/** Names in errors may be those of what is scanned: nothing in them may steer a terminal. */
function plain(text: string): string {
  return text.replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}
