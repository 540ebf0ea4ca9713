import type { Command, Option } from 'commander'

export interface Completion {
  word: string
  /** One line. */
  description: string
}

/**
 * What the last of the words may become: a value, an option or a subcommand; nothing where a file is meant.
 * @param words as typed, the last one perhaps empty; bash has made three words of `--format=json`
 */
export function completeWords(program: Command, words: readonly string[]): Completion[] {
  const typed = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  if (before.includes('--')) return []
  const commands = pathOf(program, before)
  const options = commands.flatMap(command => command.options).filter(option => !option.hidden)
  const option = optionBefore(
    options,
    typed === '=' ? before : before.at(-1) === '=' ? before.slice(0, -1) : before,
  )
  if (option) return valuesOf(option, typed === '=' ? '' : typed)
  const [name, value] = typed.split('=', 2)
  if (value !== undefined) {
    const known = options.find(({ long }) => long === name)
    return known ? valuesOf(known, value, `${name}=`) : []
  }
  const found = typed.startsWith('-') ? options.flatMap(describeOption) : subcommandsOf(commands.at(-1))
  return found.filter(({ word }) => word.startsWith(typed))
}

/** The program, its command, the command's subcommand… as far as the words name them. */
function pathOf(program: Command, words: readonly string[]): Command[] {
  const path = [program]
  for (const word of words) {
    const next = path.at(-1)?.commands.find(command => command.name() === word)
    if (next) path.push(next)
  }
  return path
}

/** The option that waits for its value. */
function optionBefore(options: readonly Option[], words: readonly string[]): Option | undefined {
  const last = words.at(-1)
  if (last === undefined) return undefined
  return options.find(option => option.required && (option.long === last || option.short === last))
}

function valuesOf({ argChoices = [] }: Option, typed: string, prefix = ''): Completion[] {
  return argChoices
    .filter(choice => choice.startsWith(typed))
    .map(choice => ({ word: prefix + choice, description: '' }))
}

function describeOption({ long, description }: Option): Completion[] {
  return long ? [{ word: long, description: oneLine(description) }] : []
}

function subcommandsOf(command: Command | undefined): Completion[] {
  return (command?.commands ?? []).map(known => ({
    word: known.name(),
    description: oneLine(known.description()),
  }))
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}
