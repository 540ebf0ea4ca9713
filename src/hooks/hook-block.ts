/** Our part of a hook's script: lines between two marks, so that it can be found, replaced and taken out again. */
import type { HookType } from './hook-type.ts'

const opening = (type: HookType) => `# >>> stanch ${type} >>> (stanch hook uninstall takes this out)`
const closing = (type: HookType) => `# <<< stanch ${type} <<<`

/** Whether a file is a script of the Bourne family; git runs one that does not say by the shell, too. */
export function isShellScript(text: string): boolean {
  if (text.includes('\0')) return false
  const shebang = /^#!\s*(.*)/.exec(text)?.[1]
  return shebang === undefined || /(?:^|[/\s])(?:ba|da|k|z|a)?sh(?:\s|$)/.test(shebang)
}

/** Puts the block before what is there, which may end the script early; replaces a block of the same type. */
export function insertBlock(
  text: string | undefined,
  type: HookType,
  lines: string,
  shebang: string,
): string {
  const block = `${opening(type)}\n${lines.trimEnd()}\n${closing(type)}\n`
  if (text === undefined || text.trim() === '') return `${shebang}${block}`
  const rest = removeBlock(text, type) ?? ''
  const head = headOf(rest)
  return head === ''
    ? `${rest.startsWith('#!') ? '' : shebang}${block}${rest}`
    : `${head}${block}${rest.slice(head.length)}`
}

/** The text without our block; undefined when nothing of anybody else's is left. */
export function removeBlock(text: string, type: HookType): string | undefined {
  const at = findBlock(text, type)
  const rest = at ? text.slice(0, at.start) + text.slice(at.end) : text
  return /^(?:#!.*)?\s*$/.test(rest) ? undefined : rest
}

/** The lines of our block, without its marks. */
export function readBlock(text: string, type: HookType): string | undefined {
  const at = findBlock(text, type)
  return at && text.slice(at.start, at.end).split('\n').slice(1, -2).join('\n')
}

/** What stands before our block and may keep it from being run. */
export function readBeforeBlock(text: string, type: HookType): string {
  return text.slice(0, findBlock(text, type)?.start ?? 0)
}

function findBlock(text: string, type: HookType): { start: number; end: number } | undefined {
  const start = text.indexOf(`# >>> stanch ${type} >>>`)
  const close = text.indexOf(closing(type), start)
  if (start < 0 || close < 0) return undefined
  const newline = text.indexOf('\n', close)
  return { start, end: newline < 0 ? text.length : newline + 1 }
}

/** The first line, and the one by which husky before version 9 loads itself. */
function headOf(text: string): string {
  return /^(?:#!.*\n)?(?:\s*\. "?\$\(dirname .*husky\.sh"?\n)?/.exec(text)?.[0] ?? ''
}
