/** How a value may be written in what a program prints. */

/** Shorter values (characters) and pieces of values would hide ordinary words: they stay. */
export const SHORTEST_MASKED = 6

/** Every text that is hidden for a value; none for a short one. */
export function formsOf(value: string): string[] {
  if (value.length < SHORTEST_MASKED) return []
  const lines = value.split(/\r\n|\r|\n/).map(line => line.trim())
  const forms = [
    value,
    ...lines,
    ...inBase64(value),
    ...inHex(value),
    ...inUrl(value),
    ...inJson(value),
    ...inShell(value),
  ]
  return [...new Set(forms)].filter(form => form.length >= SHORTEST_MASKED)
}

/** Widths at which base64 is wrapped: MIME and `base64`, PEM. */
const wraps = [76, 64]

/** Alone, wrapped, and within a longer text: the characters that depend on the value only, for each of three positions. */
function inBase64(value: string): string[] {
  const bytes = Buffer.from(value)
  const whole = bytes.toString('base64')
  const wrapped = wraps.flatMap(width => whole.match(new RegExp(`.{1,${width}}`, 'g')) ?? [])
  const inner = [0, 1, 2].map(before => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
  })
  return [whole, ...wrapped, ...inner].flatMap(form => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
}

function inHex(value: string): string[] {
  const hex = Buffer.from(value).toString('hex')
  return [hex, hex.toUpperCase()]
}

/** RFC 3986, JavaScript's two functions, forms with `+` for a blank; hex digits of either case. */
function inUrl(value: string): string[] {
  const strict = Array.from(Buffer.from(value), byte => {
    const character = String.fromCharCode(byte)
    return /[A-Za-z0-9._~-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')
  const component = strict.replace(/%(?:21|27|28|29|2A)/g, decodeURIComponent)
  const uri = component.replace(/%(?:3B|2C|2F|3F|3A|40|26|3D|2B|24|23)/g, decodeURIComponent)
  const path = strict.replaceAll('%2F', '/')
  const query = component
    .replaceAll('~', '%7E')
    .replace(/[!'()]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  const all = [strict, component, uri, path, query]
  return [...all, ...all.map(form => form.replaceAll('%20', '+'))].flatMap(form => [
    form,
    form.replace(/%[0-9A-F]{2}/g, code => code.toLowerCase()),
  ])
}

/** As it is, with all but ASCII escaped, with slashes escaped, and once more within a text of JSON. */
function inJson(value: string): string[] {
  const plain = JSON.stringify(value).slice(1, -1)
  const ascii = plain.replace(/[\u007f-\uffff]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const once = [plain, ascii, plain.replaceAll('/', '\\/'), ascii.replaceAll('/', '\\/')]
  return [...once, ...once.map(form => JSON.stringify(form).slice(1, -1))]
}

/** In single quotes, in double quotes, after backslashes, and in `$'…'`. */
function inShell(value: string): string[] {
  return [
    value.replaceAll("'", "'\\''"),
    value.replaceAll("'", `'"'"'`),
    value.replace(/["\\$`]/g, '\\$&'),
    value.replace(/["\\$`!]/g, '\\$&'),
    value.replace(/[^\w@%+=:,./\u0080-\uffff-]/g, '\\$&'),
    value
      .replace(/[\\']/g, '\\$&')
      .replace(/[\n\r\t]/g, c => ({ '\n': '\\n', '\r': '\\r', '\t': '\\t' })[c] ?? c),
  ]
}
