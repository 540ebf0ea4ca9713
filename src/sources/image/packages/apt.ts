/**
 * What apt fetched of a repository (apt-get(8), `/var/lib/apt/lists`): `InRelease` or `Release` tells who publishes it, and the
 * digests of its indexes (https://wiki.debian.org/DebianRepository/Format). Descriptions of packages hold examples.
 */
import type { PackageDatabase } from './package-database.ts'

const lists = /^var\/lib\/apt\/lists\//
const file = /^(var\/lib\/apt\/lists\/[^/]+_)(?:In)?Release$/
/** Whoever else has a repository may keep it to themselves. */
const distributions = /^Origin: (?:Debian|Debian Backports|Kali|Ubuntu)$/m

export const apt: PackageDatabase = {
  algorithm: 'sha256',
  writing: 'hex',
  folders: lists,
  covers: () => true,
  isPart: path => file.test(path),
  read(path, text, { file: index, published }) {
    const [, start = ''] = file.exec(path) ?? []
    const [head = ''] = text.split(/^(?:MD5Sum|SHA\d+):$/m, 1)
    if (distributions.test(head)) published(start)
    for (const [, digest = '', at = ''] of text.matchAll(/^ ([0-9a-f]{64}) +\d+ (\S+)$/gm))
      index(start, start + at.replaceAll('/', '_'), digest)
  },
}
