import { parseValue } from './parse-value.ts'

/** What was meant as a reference, it seems, and is none. A brace behind a backslash is meant as text. */
export function findMalformed(
  value: string,
  isVault: (name: string) => boolean,
): { text: string; hasDollar: boolean }[] {
  const unescaped = value.replace(/(?<!\\)((?:\\\\)*)\\\{/g, '$1(')
  return parseValue(unescaped, '')
    .flatMap(part =>
      part.kind === 'text' ? [...part.text.matchAll(/(\$?)\{([A-Za-z0-9][\w-]*):[^{}]*\}/g)] : [],
    )
    .filter(([, , vault = '']) => isVault(vault))
    .map(([text, dollar]) => ({ text, hasDollar: dollar !== '' }))
}

/** Text as a value of a template, in which no brace begins a reference, nor seems to. */
export function escapeText(text: string, isVault: (name: string) => boolean): string {
  const parts = parseValue(text, '')
  const isItself = parts.every(part => part.kind === 'text' && part.text === text)
  if (isItself && findMalformed(text, isVault).length === 0) return text
  return text.replace(/(\\*)\{/g, (_, slashes: string) => `${slashes}${slashes}\\{`)
}
