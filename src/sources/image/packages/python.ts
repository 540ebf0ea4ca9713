/**
 * What an installer of Python packages notes (https://packaging.python.org/en/latest/specifications/recording-installed-packages/):
 * `RECORD` the files with their digests, `METADATA` the licence, `direct_url.json` that it came from no index.
 */
import { posix } from 'node:path'
import type { PackageDatabase, PackageRecord } from './package-database.ts'

const file = /^(.+)\/[^/]+\.dist-info\/(METADATA|RECORD|direct_url\.json)$/

/** As SPDX and most authors write licences that let everybody have it. */
const licence =
  /^License(?:-Expression)?: \(?(?:(?:The|New|Modified|\d-Clause) )?(?:0BSD|AGPL|Apache|Artistic|BSD|GPL|ISC|LGPL|MIT|MPL|PSF|Python|Unlicense|ZPL|Zlib)\b/m

/** What authors make up, for examples and tests. */
const madeUp = new Set(['generic', 'jwt'])
const tests = /(?:^|[/_])tests?(?:[/_.]|$)|testing/

export const python: PackageDatabase = {
  algorithm: 'sha256',
  writing: 'base64url',
  folders: /(?:^|\/)(?:dist|site)-packages\//,
  // A private index leaves no mark of its own, so what opens a provider's door is told all the same.
  covers: (provider, path) => madeUp.has(provider) || (provider === 'private-key' && tests.test(path)),
  isPart: path => file.test(path),
  read(path, text, record) {
    const [, directory = '', kind] = file.exec(path) ?? []
    const name = posix.dirname(path)
    if (kind === 'RECORD') readRecord(name, directory, text, record)
    else if (kind === 'direct_url.json') record.local(name)
    else if (isOpen(text)) record.published(name)
  },
}

const compiled = /^(.*\/)?__pycache__\/([^/]+)\.cpython-\d+(?:\.opt-[12])?\.pyc$/

/** Where the source is of what Python compiles from it, after installing, so that no database tells its digest. */
export function sourceOf(path: string): string | undefined {
  const [, directory = '', name] = compiled.exec(path) ?? []
  return name && `${directory}${name}.py`
}

function readRecord(name: string, directory: string, text: string, { file }: PackageRecord): void {
  for (const line of text.split('\n')) {
    const [, quoted, plain, digest] = /^(?:"([^"]+)"|([^,"]+)),sha256=([\w-]{43}),/.exec(line) ?? []
    const at = quoted ?? plain
    if (at !== undefined && digest !== undefined) file(name, posix.join(directory, at), digest)
  }
}

/** Who lets everybody have it publishes it. */
function isOpen(metadata: string): boolean {
  const [head = ''] = metadata.split('\n\n', 1)
  if (/^Classifier: Private ::/m.test(head)) return false
  return /^Classifier: License :: OSI Approved\b/m.test(head) || licence.test(head)
}
