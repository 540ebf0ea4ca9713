/**
 * dpkg's database (https://manpages.debian.org/dpkg-query(1), deb-md5sums(5)): which files each package brought, and who maintains
 * it. Images without a shell have a file a package below `status.d` instead.
 */
import type { PackageDatabase, PackageRecord } from './package-database.ts'

/** Whoever has an address there publishes what they maintain. */
const distributions = /@(?:[\w-]+\.)*(?:canonical\.com|debian\.(?:net|org)|kali\.org|ubuntu\.com)>/

const file = /^var\/lib\/dpkg\/(?:status|status\.d\/[^/]+|info\/[^/]+\.md5sums)$/

export const dpkg: PackageDatabase = {
  algorithm: 'md5',
  writing: 'hex',
  folders: /^(?:bin|lib|sbin|usr)/,
  covers: () => true,
  isPart: path => file.test(path),
  read(path, text, record) {
    if (path.endsWith('.md5sums')) readSums(path, text, record)
    else for (const stanza of text.split('\n\n')) readStanza(stanza, record)
  },
}

function readSums(path: string, text: string, { file }: PackageRecord): void {
  const name = nameOf(path.slice(path.lastIndexOf('/') + 1, -'.md5sums'.length))
  for (const line of text.split('\n')) {
    const [, digest, at] = /^([0-9a-f]{32}) {2}(.+)$/.exec(line) ?? []
    if (digest === undefined || at === undefined) continue
    file(name, at, digest)
    // `/lib` leads to `/usr/lib`, whatever the package says.
    if (/^(?:bin|lib|sbin)/.test(at)) file(name, `usr/${at}`, digest)
  }
}

function readStanza(stanza: string, { published }: PackageRecord): void {
  const [, name] = /^Package: (\S+)/m.exec(stanza) ?? []
  const [, maintainer = ''] = /^Maintainer: (.*)/m.exec(stanza) ?? []
  if (name !== undefined && distributions.test(maintainer)) published(name)
}

/** Without the architecture. */
function nameOf(name: string): string {
  return name.split(':', 1)[0] ?? name
}
