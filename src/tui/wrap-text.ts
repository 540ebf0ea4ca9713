/** A text in lines of at most so many characters, broken between words, and inside a word that is longer than a line. */
export function wrapText(text: string, columns: number): string[] {
  return text.split('\n').flatMap(line => wrapLine(line, columns))
}

function wrapLine(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (longer.length <= columns) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (line.length > columns) {
      lines.push(line.slice(0, columns))
      line = line.slice(columns)
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}
