import { matchGlobOrAbove } from './match-glob.ts'

/** What a Dockerfile copies into the image, read as text: https://docs.docker.com/reference/dockerfile/ */

export interface CopyInstruction {
  line: number
  /** As written: paths and patterns, from the context's root or, with `from`, from another stage's. */
  sources: string[]
  target: string
  /** The stage or image that it copies from; absent where it copies from the context. */
  from?: string
}

export interface DockerVariable {
  line: number
  name: string
  value: string
}

/** What makes a folder of the image, in the order of the file. */
export type LayerInstruction =
  | ({ kind: 'copy' } & CopyInstruction)
  | { kind: 'folder'; path: string }
  | { kind: 'stage'; line: number; base: string; name?: string }

export function isDockerfile(path: string): boolean {
  return (
    /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.(?:dockerfile|containerfile)$/i.test(path) &&
    !/\.dockerignore$/.test(path)
  )
}

/** FROM, WORKDIR, COPY and ADD; what comes from the network or stands in the Dockerfile itself is left out. */
export function readLayers(text: string): LayerInstruction[] {
  return readInstructions(text).flatMap((instruction): LayerInstruction[] => {
    switch (instruction.keyword) {
      case 'FROM':
        return [readStage(instruction)]
      case 'WORKDIR':
        return [{ kind: 'folder', path: unquote(instruction.rest) }]
      case 'COPY':
      case 'ADD':
        return readCopy(instruction)
      default:
        return []
    }
  })
}

function readStage({ line, rest }: Instruction): LayerInstruction {
  const [base = '', , name] = withoutFlags(rest).trim().split(/\s+/)
  return { kind: 'stage', line, base, ...(name === undefined ? {} : { name: name.toLowerCase() }) }
}

function readCopy({ line, rest }: Instruction): LayerInstruction[] {
  const from = /(?:^|\s)--from=(\S+)/.exec(rest)?.[1]
  // What follows a shell's operator is a mistake: there is no shell.
  const all = readOperands(withoutFlags(rest))
  const end = all.findIndex(word => /^(?:\d?>|\|\||&&|;)/.test(word))
  const operands = end < 0 ? all : all.slice(0, end)
  const sources = operands.slice(0, -1).filter(source => !/^[a-z]+:\/\/|^git@|^<</.test(source))
  const target = operands.at(-1)
  if (sources.length === 0 || target === undefined) return []
  return [
    { kind: 'copy', line, sources, target, ...(from === undefined ? {} : { from: from.toLowerCase() }) },
  ]
}

function withoutFlags(rest: string): string {
  return rest.replace(/^(?:\s*--\S+)+/, '')
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

/** `npm run dev`, `nodemon`: what the image starts serves whoever develops. */
export function startsForDevelopment(text: string): boolean {
  const starts = readInstructions(text).filter(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT')
  const command = (starts.at(-1)?.rest ?? '').replace(/["',[\]]+/g, ' ')
  return /\b(?:run|yarn|pnpm|bun)\s+(?:run\s+)?(?:start:)?dev\b|\bnodemon\b|\bng\s+serve\b/.test(command)
}

/** Whether a source takes a file: by its name, by a folder above it, or by a pattern. Both count from the same root. */
export function takes(source: string, path: string): boolean {
  const plain = plainSource(source)
  return plain === '' || matchGlobOrAbove(plain, path)
}

/** `./api/` → `api`; empty is all. */
export function plainSource(source: string): string {
  const plain = source.replace(/^(?:\.?\/+)+/, '').replace(/\/+$/, '')
  return plain === '.' ? '' : plain
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
