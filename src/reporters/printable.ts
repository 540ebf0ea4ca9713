/**
 * Text of the scanned tree for a terminal or a log: control characters, and those that reorder or hide text, are shown as
 * escapes; so is what a CI runner would take for a command (`::error`, `##[…]`, `##vso[…]`).
 */
export function printable(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu, escapeCharacter)
    .replace(
      /^\s*::|##(?=\[|vso\[|teamcity\[)/g,
      command => escapeCharacter(command.trim()) + command.trim().slice(1),
    )
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
}
