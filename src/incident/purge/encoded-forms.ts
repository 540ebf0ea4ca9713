/** The ways in which a value can stand in a text, each as bytes to search for. */

export interface EncodedForm {
  name: string
  bytes: Buffer
}

/** The value itself first. Forms that look like one that is there already are left out. */
export function encodedForms(value: string): EncodedForm[] {
  const json = JSON.stringify(value).slice(1, -1)
  const forms: [string, string | Buffer][] = [
    ['as it is', value],
    ['JSON', json],
    ['JSON with escaped slashes', json.replaceAll('/', '\\/')],
    ['URL', encodeURIComponent(value)],
    ['form', encodeURIComponent(value).replaceAll('%20', '+')],
    ['URL in lower case', encodeURIComponent(value).replace(/%[0-9A-F]{2}/g, code => code.toLowerCase())],
    ['HTML', value.replace(/[&<>"']/g, letter => htmlNames[letter] ?? letter)],
    ['hex', Buffer.from(value).toString('hex')],
    ['hex in upper case', Buffer.from(value).toString('hex').toUpperCase()],
    ['UTF-16', Buffer.from(value, 'utf16le')],
    ['base64 twice', alignedBase64(Buffer.from(Buffer.from(value).toString('base64')), 0)],
    ...[0, 1, 2].flatMap((shift): [string, string][] => {
      const plain = alignedBase64(Buffer.from(value), shift)
      return [
        ['base64', plain],
        ['base64 for URLs', plain.replaceAll('+', '-').replaceAll('/', '_')],
      ]
    }),
  ]
  const seen = new Set<string>()
  return forms.flatMap(([name, text]) => {
    const bytes = Buffer.from(text)
    const key = bytes.toString('latin1')
    if (seen.has(key)) return []
    seen.add(key)
    return [{ name, bytes }]
  })
}

const htmlNames: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * What base64 makes of the value whatever stands before and after it, when it begins `shift` bytes after a group of three:
 * the characters that are the value's alone.
 */
function alignedBase64(value: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), value])
    .toString('base64')
    .replace(/=+$/, '')
  const first = Math.ceil((shift * 8) / 6)
  const end = Math.floor(((shift + value.length) * 8) / 6)
  return text.slice(first, end)
}
