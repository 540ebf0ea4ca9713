import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { defaultArchiveLimits } from '../../src/archive/limits.ts'
import { CoverageTally } from '../../src/coverage.ts'
import type { Layer } from '../../src/oci/image.ts'
import { identify, isPublished } from '../../src/sources/image/published-files.ts'
import { readLayer } from '../../src/sources/image/read-layer.ts'
import { makeTar } from '../support/make-archives.ts'
import { passing } from '../support/passing.ts'

const text = 'what a package brought\n'
const md5 = createHash('md5').update(text).digest('hex')
const sha256 = createHash('sha256').update(text).digest('base64url')
const sha256Hex = createHash('sha256').update(text).digest('hex')
const lists = 'var/lib/apt/lists'
const site = 'usr/local/lib/python3.11/site-packages'

const python = (name: string, head: string, more: Record<string, string> = {}) => ({
  [`${site}/${name}/test/keys.py`]: text,
  [`${site}/${name}-1.dist-info/RECORD`]: `${name}/test/keys.py,sha256=${sha256},23\n${name}/settings.py,sha256=${sha256},23\n`,
  [`${site}/${name}-1.dist-info/METADATA`]: `Metadata-Version: 2.1\n${head}\n\nLicense: MIT\n`,
  ...Object.fromEntries(
    Object.entries(more).map(([at, content]) => [`${site}/${name}-1.dist-info/${at}`, content]),
  ),
})

const release = (file: string, origin: string) => ({
  [`${lists}/${file}`]: `-----BEGIN PGP SIGNED MESSAGE-----

Origin: ${origin}
Label: Debian
SHA256:
 ${sha256Hex}       23 main/i18n/Translation-en
 ${sha256Hex}       23 main/binary-amd64/Packages
`,
})

const files = {
  'usr/lib/libtls.so': text,
  'var/lib/dpkg/info/libtls:amd64.md5sums': `${md5}  usr/lib/libtls.so\n${md5}  lib/old.so\n`,
  'var/lib/dpkg/info/ours.md5sums': `${md5}  usr/share/ours/settings\n`,
  'var/lib/dpkg/status.d/small.md5sums': `${md5}  usr/share/small\n`,
  'var/lib/dpkg/status.d/small': 'Package: small\nMaintainer: A <a@debian.org>\n',
  'var/lib/dpkg/status':
    'Package: libtls\nMaintainer: TLS team <tls@alioth-lists.debian.net>\n\nPackage: ours\nMaintainer: Us <us@debian.org.example>\n',
  ...release('deb.debian.org_debian_dists_bookworm_InRelease', 'Debian'),
  ...release('packages.corp.example_Release', 'Corp'),
  ...python('free', 'License-Expression: Apache-2.0 OR BSD-3-Clause'),
  ...python('classified', 'Classifier: License :: OSI Approved :: MIT License'),
  ...python('closed', 'License: Proprietary'),
  ...python('checkout', 'License: MIT', { 'direct_url.json': '{"url": "file:///src"}' }),
}

const cases: [title: string, path: string, content: string, provider: string, expected: boolean][] = [
  ['of a distribution’s package', 'usr/lib/libtls.so', text, 'private-key', true],
  ['that was changed since', 'usr/lib/libtls.so', `${text}more`, 'private-key', false],
  ['elsewhere', 'usr/lib/libother.so', text, 'private-key', false],
  ['below a folder that is a link', 'usr/lib/old.so', text, 'private-key', true],
  ['of a package that somebody else maintains', 'usr/share/ours/settings', text, 'private-key', false],
  ['of an image without a shell', 'usr/share/small', text, 'aws', true],
  [
    'of a distribution’s index of packages',
    `${lists}/deb.debian.org_debian_dists_bookworm_main_i18n_Translation-en`,
    text,
    'generic',
    true,
  ],
  [
    'of somebody else’s index',
    `${lists}/packages.corp.example_main_i18n_Translation-en`,
    text,
    'generic',
    false,
  ],
  ['of a free Python package’s tests', `${site}/free/test/keys.py`, text, 'private-key', true],
  ['of a classified one', `${site}/classified/settings.py`, text, 'generic', true],
  ['with a key outside of tests', `${site}/free/settings.py`, text, 'private-key', false],
  ['with a provider’s token', `${site}/free/test/keys.py`, text, 'aws', false],
  ['of a Python package that is not free', `${site}/closed/test/keys.py`, text, 'generic', false],
  ['of one that no index had', `${site}/checkout/test/keys.py`, text, 'generic', false],
]

test('what a published package brought as it is, is told from everything else', async () => {
  const { published } = await read(await makeTar(files))
  const found = cases.map(([title, path, content, provider]) => [
    title,
    isPublished(identify(path, Buffer.from(content)), published, provider, path),
  ])
  expect(found).toEqual(cases.map(([title, , , , expected]) => [title, expected]))
})

async function read(stored: Buffer) {
  const digest = `sha256:${createHash('sha256').update(stored).digest('hex')}`
  const layer: Layer = {
    ...{ digest, diffId: digest, mediaType: '', size: stored.length },
    ...{ address: { kind: 'memory', bytes: stored }, verify: 'stored', annotations: {} },
  }
  const options = {
    archives: defaultArchiveLimits,
    maxFileSize: 1e9,
    buffer: (size: number) => new Uint8Array(size),
    isWanted: () => true,
  }
  return readLayer(
    layer,
    () => passing(stored, 4096),
    options,
    new CoverageTally(),
    () => {},
  )
}
