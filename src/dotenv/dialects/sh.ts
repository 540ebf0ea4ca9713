import { type Dialect, type Environment, type Evaluation, lineCounter, type Notice } from '../dialect.ts'

/**
 * What `set -a; . ./.env` sets in a POSIX shell, as far as that is possible without running anything: assignments,
 * quotes, `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:+…}`, `${NAME:?…}` and `~`. A line that would run a program, and a value that holds a command
 * substitution, is reported; the substitution stays as written.
 */
export const sh: Dialect = {
  title: 'POSIX shell',
  evaluate: (text, environment) => new ShellReader(text, environment).readAll(),
}

class ShellReader {
  private readonly found: Evaluation = { variables: [], notices: [] }
  private readonly known = new Map<string, string>()
  /** Of the statement that is being read. */
  private readonly pending = new Map<string, string>()
  private readonly lineAt: (offset: number) => number
  private readonly text: string
  private readonly environment: Environment
  private at = 0
  private line = 1
  private key = ''

  constructor(text: string, environment: Environment) {
    const { joined, joins } = joinLines(text)
    const lineOf = lineCounter(text)
    this.text = joined
    this.environment = environment
    let passed = 0
    this.lineAt = offset => {
      while (passed < joins.length && (joins[passed] ?? 0) <= offset) passed++
      return lineOf(offset + 2 * passed)
    }
  }

  readAll(): Evaluation {
    while (this.at < this.text.length) {
      this.line = this.lineAt(this.at)
      if (this.take(/[ \t\n]+/) || this.take(/#[^\n]*/)) continue
      if (this.text[this.at] === ';') {
        this.key = ''
        this.note('syntax', 'no command stands before ";": a shell refuses the line')
        this.at = this.text.length
      } else this.readStatement()
      this.take(/[ \t]*;/)
    }
    return this.found
  }

  /** Assignments before a program's name are the program's alone, so none of the line counts then. */
  private readStatement(): void {
    this.key = ''
    this.pending.clear()
    // What `export` is told is all read before it acts.
    const isExport = this.take(/export[ \t]+(?=[A-Za-z_])/) !== undefined
    const assigned: [string, string][] = []
    for (;;) {
      const name = this.take(/[A-Za-z_]\w*=/)
      if (!name) break
      this.key = name.slice(0, -1)
      const value = this.readWord()
      if (value === undefined) {
        this.note('syntax', 'an unclosed quote or bracket: a shell reads on to the end of the file')
        this.at = this.text.length
        return
      }
      assigned.push([this.key, value])
      if (!isExport) this.pending.set(this.key, value)
      this.take(/[ \t]+/)
    }
    if (!/^(?:[\n;#]|$)/.test(this.text.slice(this.at, this.at + 1))) {
      this.note('syntax', 'a shell would run this line as a command')
      this.take(/[^\n]*/)
      return
    }
    for (const [key, value] of assigned) {
      this.known.set(key, value)
      this.found.variables.push({ key, value, line: this.line })
    }
  }

  private readWord(): string | undefined {
    let value = this.readHome() ?? ''
    while (this.at < this.text.length && !/[ \t\n;&|<>()]/.test(this.text[this.at] ?? '')) {
      const part = this.readPart()
      if (part === undefined) return undefined
      value += part
    }
    return value
  }

  private readPart(): string | undefined {
    const colon = this.take(/:(?=~)/)
    if (colon) return colon + (this.readHome() ?? '')
    const plain = this.take(/(?:[^\s\\"'$`;&|<>():]|:(?!~))+/)
    if (plain) return plain
    const single = this.take(/'[^']*'/)
    if (single) return single.slice(1, -1)
    if (this.text[this.at] === '"') return this.readDouble()
    if (this.text[this.at] === "'") return undefined
    if (this.isUnclosed()) return undefined
    if (/^\$["']/.test(this.text.slice(this.at, this.at + 2)))
      this.note('syntax', `holds $ before a quote, which bash and other shells read in different ways`)
    return this.take(/\\[\s\S]/)?.slice(1) ?? this.readDollar() ?? this.text[this.at++]
  }

  /** `~` and `~name` at the beginning, and behind a colon: a home directory. */
  private readHome(): string | undefined {
    const tilde = this.take(/~[\w.+-]*(?=[/:\s;&|<>()]|$)/)
    if (tilde === '~' && this.environment.HOME !== undefined) return this.environment.HOME
    if (tilde) this.note('syntax', 'holds a home directory, which only a running shell can fill in')
    return tilde
  }

  private readDouble(): string | undefined {
    let value = ''
    for (this.at++; this.at < this.text.length; ) {
      if (this.take(/"/)) return value
      if (this.isUnclosed()) return undefined
      value +=
        this.take(/[^"\\$`]+/) ??
        this.take(/\\["\\$`]/)?.slice(1) ??
        this.readDollar() ??
        this.text[this.at++]
    }
    return undefined
  }

  /** A command or a parameter whose end is not there. */
  private isUnclosed(): boolean {
    const rest = this.text.slice(this.at)
    return /^`[^`]*$|^\$\{[^}]*$/.test(rest)
  }

  private readDollar(): string | undefined {
    const command = this.take(/\$\((?:[^()]|\([^()]*\))*\)|`[^`]*`/)
    if (command) {
      this.note('command', 'holds a command substitution, which was not run')
      return command
    }
    const reference = this.take(/\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*(?::?[-+?][^}"'$`\\]*)?\})/)
    if (reference) return this.lookUp(reference)
    const special = this.take(/\$(?:\{[^}]*\}|[$?!#@*0-9-])/)
    if (special) this.note('syntax', 'holds a parameter that only a running shell can fill in')
    return special
  }

  private lookUp(reference: string): string {
    const [, name = '', colon, operator, operand = ''] =
      /^\$\{?(\w+)(?:(:?)([-+?])(.*))?/s.exec(reference.replace(/\}$/, '')) ?? []
    const value = this.pending.get(name) ?? this.known.get(name) ?? this.environment[name]
    const isSet = value !== undefined && !(value === '' && colon === ':')
    if (operator === '+') return isSet ? operand : ''
    if (isSet) return value
    if (operator === '-') return operand
    if (operator === '?') this.note('syntax', `a shell stops here: ${name} is not set`)
    else if (value === undefined) this.note('unset', `refers to ${name}, which is not set`)
    return value ?? ''
  }

  private note(kind: Notice['kind'], message: string): void {
    this.found.notices.push({ line: this.line, ...(this.key && { key: this.key }), kind, message })
  }

  private take(pattern: RegExp): string | undefined {
    const sticky = new RegExp(pattern, 'y')
    sticky.lastIndex = this.at
    const found = sticky.exec(this.text)?.[0]
    if (found === undefined || found === '') return undefined
    this.at += found.length
    return found
  }
}

/** Without the continuations of lines, which a shell takes out before it reads words (POSIX.1-2024, 2.2.1), and where they were. */
function joinLines(text: string): { joined: string; joins: number[] } {
  const joins: number[] = []
  let joined = ''
  let quote = ''
  for (let at = 0; at < text.length; ) {
    let piece = text.charAt(at)
    at++
    if (quote === "'") {
      if (piece === "'") quote = ''
    } else if (piece === '\\') {
      piece += text.charAt(at++)
      if (piece === '\\\n') {
        joins.push(joined.length)
        continue
      }
    } else if (piece === '"') quote = quote === '' ? '"' : ''
    else if (piece === "'" && quote === '') quote = "'"
    else if (piece === '#' && quote === '' && /^$|[\s;&|<>()]$/.test(joined.slice(-1))) {
      const end = text.indexOf('\n', at)
      piece = text.slice(at - 1, end < 0 ? text.length : end)
      at += piece.length - 1
    }
    joined += piece
  }
  return { joined, joins }
}
