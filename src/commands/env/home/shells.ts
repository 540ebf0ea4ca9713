import { join } from 'node:path'
import type { HomeFact } from '../../../hygiene/facts.ts'
import { isSecret } from '../../../hygiene/problem.ts'
import type { EnvReader } from '../facts/env-text.ts'
import { readSmall } from './list-below.ts'
import type { ValueFinder } from './value-finder.ts'

const histories = [
  '.bash_history',
  '.zsh_history',
  '.zhistory',
  '.local/share/fish/fish_history',
  '.history',
  '.sh_history',
  '.ash_history',
  '.psql_history',
  '.mysql_history',
  '.python_history',
  '.node_repl_history',
  '.rediscli_history',
  '.local/share/powershell/PSReadLine/ConsoleHost_history.txt',
]

/** Commands that set or send a secret, and values in use wherever they stand. */
export function findShellSecrets(home: string, reader: EnvReader, findValues: ValueFinder): HomeFact[] {
  return histories.flatMap(name => {
    const path = join(home, name)
    const text = readSmall(path)
    if (text === undefined) return []
    const found = [...findValues(text), ...readCommands(text, reader)]
    return [...new Map(found.map(one => [one.line, one])).values()]
      .sort((a, b) => a.line - b.line)
      .map(({ key, line }) => ({
        rule: 'shell-history' as const,
        path,
        line,
        key,
        message: `a command holds the secret ${key}`,
        fix: 'Take the line out of the history (history -d), and replace the secret if others can read the file.',
      }))
  })
}

/** `export K=…`, `K=… command`, `curl -H "Authorization: Bearer …"`, one a line, judged as lines of an env file. */
function readCommands(text: string, reader: EnvReader): { key: string; line: number }[] {
  const lines = text.split('\n').map(toAssignment)
  return reader
    .read(Buffer.from(lines.join('\n')))
    .keys.filter(isSecret)
    .map(({ name, line }) => ({ key: name, line }))
}

function toAssignment(command: string): string {
  const set =
    /(?:^|[\s;&"'])(?:\$env:)?([A-Za-z_]\w*)(?:=|(?<=\bset -gx \w+) )(?:"([^"\n]*)"|'([^'\n]*)'|([^\s;&|"'$`()]+))/.exec(
      command,
    )
  if (set) return `${set[1]}=${quote(set[2] ?? set[3] ?? set[4] ?? '')}`
  const header =
    /(?:authorization|x-api-key|private-token|x-auth-token|api-key)\s*:\s*(?:bearer|token|basic)?\s*([^\s"'$]{12,})/i.exec(
      command,
    )
  return header ? `AUTHORIZATION_TOKEN=${quote(header[1] ?? '')}` : ''
}

function quote(value: string): string {
  return value.includes("'") ? value : `'${value}'`
}
