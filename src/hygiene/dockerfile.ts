import { matchGlobOrAbove } from './match-glob.ts'

/** What a Dockerfile copies into the image, read as text: https://docs.docker.com/reference/dockerfile/ */

export interface CopyInstruction {
  line: number
  /** As written: paths and patterns from the context's root. */
  sources: string[]
}

export interface DockerVariable {
  line: number
  name: string
  value: string
}

export function isDockerfile(path: string): boolean {
  return (
    /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.(?:dockerfile|containerfile)$/i.test(path) &&
    !/\.dockerignore$/.test(path)
  )
}

/** COPY and ADD from the context; not from another stage, not from the network. */
export function readCopies(text: string): CopyInstruction[] {
  return readInstructions(text).flatMap(({ line, keyword, rest }) => {
    if ((keyword !== 'COPY' && keyword !== 'ADD') || /(?:^|\s)--from=/.test(rest)) return []
    const operands = readOperands(rest.replace(/^(?:\s*--\S+)+/, ''))
    const sources = operands.slice(0, -1).filter(source => !/^[a-z]+:\/\/|^git@|^<</.test(source))
    return sources.length ? [{ line, sources }] : []
  })
}

/** ENV and ARG with their values. */
export function readVariables(text: string): DockerVariable[] {
  return readInstructions(text).flatMap(({ line, keyword, rest }) => {
    if (keyword !== 'ENV' && keyword !== 'ARG') return []
    const old = keyword === 'ENV' ? /^\s*([A-Za-z_]\w*)\s+([^=\s].*)$/.exec(rest) : null
    if (old) return [{ line, name: old[1] ?? '', value: unquote(old[2] ?? '') }]
    return [...rest.matchAll(/([A-Za-z_]\w*)=("(?:\\.|[^"\\])*"|'[^']*'|(?:\\.|[^\s\\])*)/g)].map(found => ({
      line,
      name: found[1] ?? '',
      value: unquote(found[2] ?? ''),
    }))
  })
}

/** Whether an instruction takes a file of the context: by its name, by a folder above it, or by a pattern. */
export function takes({ sources }: CopyInstruction, path: string): boolean {
  return sources.some(source => {
    const plain = source.replace(/^(?:\.?\/+)+/, '').replace(/\/+$/, '')
    if (plain === '' || plain === '.') return true
    return matchGlobOrAbove(plain, path)
  })
}

interface Instruction {
  line: number
  keyword: string
  rest: string
}

/** Lines that end with a backslash go on; remarks between them do not count. */
function readInstructions(text: string): Instruction[] {
  const instructions: Instruction[] = []
  let open: Instruction | undefined
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*#/.test(line) || (open && line.trim() === '')) continue
    const isContinued = /\\\s*$/.test(line)
    const content = line.replace(/\\\s*$/, ' ')
    if (open) open.rest += content
    else {
      const [, keyword = '', rest = ''] = /^\s*([A-Za-z]+)\s+(.*)$/s.exec(content) ?? []
      if (keyword === '') continue
      open = { line: index + 1, keyword: keyword.toUpperCase(), rest }
      instructions.push(open)
    }
    if (!isContinued) open = undefined
  }
  return instructions
}

function readOperands(rest: string): string[] {
  const trimmed = rest.trim()
  if (trimmed.startsWith('['))
    return [...trimmed.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(found => found[1] ?? '')
  return trimmed.split(/\s+/)
}

function unquote(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/s, '$2')
}
