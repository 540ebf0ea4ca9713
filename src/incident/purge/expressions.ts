/** The file that git-filter-repo reads with --replace-text and --replace-message: one expression a line. */

const REPLACEMENT = '***REMOVED***'

/** https://htmlpreview.github.io/?https://github.com/newren/git-filter-repo/blob/docs/html/git-filter-repo.html */
export function printExpressions(texts: readonly Buffer[]): Buffer {
  // The longer first: one may be part of another.
  const sorted = [...texts].sort((a, b) => b.length - a.length)
  return Buffer.concat(
    sorted.map(text => Buffer.concat([toPattern(text), Buffer.from(`==>${REPLACEMENT}\n`)])),
  )
}

/** A literal cannot go over a line's end: such a value becomes a regular expression of Python. */
function toPattern(text: Buffer): Buffer {
  if (!text.includes(10) && !text.includes(13) && !text.includes(0))
    return Buffer.concat([Buffer.from('literal:'), text])
  const escaped = [...text].map(byte =>
    /[0-9A-Za-z]/.test(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`,
  )
  return Buffer.from(`regex:${escaped.join('')}`)
}
