/** A value as .env text. */
export interface Quoted {
  quote: 'none' | 'single' | 'double' | 'backtick'
  text: string
}

/**
 * Written so that dotenv, Node and this project's templates read the same value, and other readers too where that is
 * possible; backticks, the last resort, are known to dotenv and Node only.
 * Undefined for a value that dotenv cannot express, such as one with all three quotes.
 */
export function quoteValue(value: string): Quoted | undefined {
  if (/^[A-Za-z0-9_./:@%+,=-]*$/.test(value)) return { quote: 'none', text: value }
  if (value.includes('\r')) return withEscapes(value)
  // Before a quote a backslash would hide it from some.
  const fits = (quote: string) => !value.includes(quote) && !value.endsWith('\\')
  if (fits("'")) return { quote: 'single', text: value }
  if (fits('"') && !/[\\$`]/.test(value)) return { quote: 'double', text: value }
  if (fits('`')) return { quote: 'backtick', text: value }
  return isBare(value) ? { quote: 'none', text: value } : undefined
}

function withEscapes(value: string): Quoted | undefined {
  if (/["\\]/.test(value)) return undefined
  return { quote: 'double', text: value.replaceAll('\r', '\\r').replaceAll('\n', '\\n') }
}

function isBare(value: string): boolean {
  return /^[^\s'"`#][^\r\n'"`#]*$/.test(value) && value.trim() === value
}
