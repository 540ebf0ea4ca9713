/** Comments by which a person says that what stands here is no leak: ours, and those of six other scanners. */

/** Ours names rules and a reason where wanted: `stanch:allow stripe-secret-key,npm-token -- made up`. */
const ours = /stanch:allow(?![\w:-])(?:[ \t]+(?!--)([a-z0-9][a-z0-9,-]*))?/
const onTheLine = [
  /\b(?:gitleaks|betterleaks):allow\b/,
  /\b(?:trufflehog|kingfisher):ignore\b/,
  /\bpragma: ?(?:allow|white)list secret\b/,
  /\bggignore\b/,
]
const onTheLineBefore = [/\bpragma: ?(?:allow|white)list nextline secret\b/]

/** A line longer than this is searched only this far around the match. */
const MAX_REACH = 4096

/** Cheap test over a whole content, so that the lines are read only where there is a comment at all. */
export function mayHoldAllowComment(bytes: Buffer): boolean {
  return (
    bytes.includes(':allow') ||
    bytes.includes(':ignore') ||
    bytes.includes('list secret') ||
    bytes.includes('list nextline') ||
    bytes.includes('ggignore')
  )
}

/**
 * Whether a comment allows the match: on any of its lines, or alone on the line above.
 * @param start first byte of the match
 * @param end byte after the match
 */
export function isAllowedByComment(bytes: Buffer, start: number, end: number, rule: string): boolean {
  const lineStart = startOfLine(bytes, start)
  const lines = bytes.toString('latin1', Math.max(lineStart, start - MAX_REACH), endOfLine(bytes, end))
  if (allows(lines, rule) || onTheLine.some(comment => comment.test(lines))) return true
  if (lineStart === 0) return false
  const above = bytes.toString(
    'latin1',
    Math.max(startOfLine(bytes, lineStart - 1), lineStart - MAX_REACH),
    lineStart - 1,
  )
  return onTheLineBefore.some(comment => comment.test(above)) || (isOnlyComment(above) && allows(above, rule))
}

function allows(text: string, rule: string): boolean {
  const comment = ours.exec(text)
  if (!comment) return false
  return comment[1] === undefined || comment[1].split(',').includes(rule)
}

/** `# …`, `// …`, `/* …`, `-- …`, `; …`, `<!-- … -->`, `' …`, `% …` and nothing else on the line. */
function isOnlyComment(line: string): boolean {
  return /^\s*(?:#|\/\/|\/\*|\*|--|;|<!--|%|'|REM\b|\{\/\*|\{#)/i.test(line)
}

function startOfLine(bytes: Buffer, offset: number): number {
  return offset === 0 ? 0 : bytes.lastIndexOf(10, offset - 1) + 1
}

function endOfLine(bytes: Buffer, offset: number): number {
  const newline = bytes.indexOf(10, offset)
  return Math.min(newline < 0 ? bytes.length : newline, offset + MAX_REACH)
}
