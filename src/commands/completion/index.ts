import { type Command, InvalidArgumentError } from 'commander'
import { ExitCode } from '../../errors.ts'
import type { Context, Finish } from '../context.ts'
import { type Shell, scripts } from './scripts.ts'

export function define(command: Command, context: Context, finish: Finish): void {
  command
    .argument('<shell>', Object.keys(scripts).join(', '), readShell)
    .action((shell: Shell) => {
      context.stdout.write(scripts[shell])
      finish(ExitCode.clean)
    })
    .addHelpText('after', examples)
}

function readShell(name: string): Shell {
  if (Object.hasOwn(scripts, name)) return name as Shell
  throw new InvalidArgumentError(`Shells are ${Object.keys(scripts).join(', ')}.`)
}

const examples = `
Examples:
  source <(stanch completion bash)                                in ~/.bashrc
  source <(stanch completion zsh)                                 in ~/.zshrc, after compinit
  stanch completion fish > ~/.config/fish/completions/stanch.fish
  stanch completion powershell | Out-String | Invoke-Expression   in $PROFILE
`
