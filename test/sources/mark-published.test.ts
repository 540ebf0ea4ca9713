import { expect, test } from 'vitest'
import type { FileMatch, LayerResult } from '../../src/commands/scan/image/layer-jobs.ts'
import { markPublished } from '../../src/commands/scan/image/mark-published.ts'
import type { Program } from '../../src/program.ts'
import { identify, PackageRecorder } from '../../src/sources/image/published-files.ts'

const source = 'usr/lib/python3/dist-packages/a/b.py'
const compiled = 'usr/lib/python3/dist-packages/a/__pycache__/b.cpython-311.pyc'
const bytes = Buffer.from('password')

function found(path: string, secret: string, part: Partial<FileMatch> = {}): FileMatch {
  const place = { kind: 'layer', image: '', layer: '', path, deletedLater: false }
  return { rule: 0, path, secret, place, state: 'new', ...part } as FileMatch
}

test('what Python compiled from a published file has the secrets of that published too, and no others', () => {
  const packages = new PackageRecorder()
  packages.read('var/lib/dpkg/info/a.md5sums', Buffer.from(`5f4dcc3b5aa765d61d8327deb882cf99  ${source}\n`))
  packages.read('var/lib/dpkg/status', Buffer.from('Package: a\nMaintainer: A <a@lists.debian.org>\n'))
  const result = {
    matches: [
      found(compiled, 'one'),
      found(compiled, 'two'),
      found(source, 'one', { identity: identify(source, bytes) }),
      found('usr/lib/python3/dist-packages/c/__pycache__/b.cpython-311.pyc', 'one'),
    ],
    published: packages.result(),
    identities: [],
  } as unknown as LayerResult
  const { matches } = markPublished(result, { rules: [{ provider: 'generic' }] } as unknown as Program)
  expect(matches.map(({ state }) => state)).toEqual(['allowed', 'new', 'allowed', 'new'])
})
