import { expect, test } from 'vitest'
import { encodeText, encodings } from '../support/encode-text.ts'
import { runCli } from '../support/run-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

const token = ['sk_l', 'ive_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join('')

interface JsonPlace {
  path: string
  line: number
  column: number
  endColumn: number
}

function placesIn(directory: string): string[] {
  const { stdout } = runCli(['scan', '--format', 'json'], { cwd: directory })
  const { findings }: { findings: { places: JsonPlace[] }[] } = JSON.parse(stdout)
  return findings
    .flatMap(({ places }) => places)
    .map(({ path, line, column, endColumn }) => `${path}:${line}:${column}-${endColumn}`)
}

test('text in any encoding is read, with the lines and columns that an editor shows', () => {
  const text = `größe = 1\nключ = "${token}"\n`
  const directory = makeDirectory({
    ...Object.fromEntries(encodings.map(name => [`${name}.txt`, encodeText(text, name, true)])),
    ...Object.fromEntries(encodings.map(name => [`bare-${name}.txt`, encodeText(text, name, false)])),
    'first.txt': encodeText(token, 'utf-8-bom', true),
  })
  const names = [...encodings.map(name => `bare-${name}`), ...encodings]
  expect(placesIn(directory)).toEqual(
    [...names.map(name => `${name}.txt:2:9-${9 + token.length}`), `first.txt:1:1-${1 + token.length}`].sort(),
  )
})

test('an allow comment is understood in UTF-16, too', () => {
  const directory = makeDirectory({
    'a.ps1': encodeText(`$a = 'ü'\n$key = '${token}' # stanch:allow\n`, 'utf-16le', true),
  })
  expect(placesIn(directory)).toEqual([])
})

test('a large file in UTF-16 is read in parts', () => {
  const line = `${'длинная строка '.repeat(40)}\n`
  const count = Math.ceil((9 * 1024 * 1024) / line.length / 2)
  const directory = makeDirectory({
    'large.log': encodeText(`${line.repeat(count)}key ${token}\n${line}`, 'utf-16be', true),
  })
  expect(placesIn(directory)).toEqual([`large.log:${count + 1}:5-${5 + token.length}`])
})
