/** What can be known offline of where a secret was exposed: places, commits, refs, tags, images, .env files, traps. */

import { awsAccountOf } from '../../aws-account.ts'
import { runGit } from '../../git/run-git.ts'
import type { Honeytoken } from '../../incident/data/incident-data.ts'
import type { ExposureFacts } from '../../incident/journal/entry.ts'
import type { Place, Finding as ScannedFinding } from '../../model.ts'
import { describePlace } from '../../reporters/describe-place.ts'
import { printable } from '../../reporters/printable.ts'

/** Places that a journal lists; the report of the scan has all. */
const MAX_LISTED = 50

/** @param root the repository that the commits are in, if any */
export async function collectFacts(
  places: readonly Place[],
  root: string | undefined,
  warnings: readonly string[],
): Promise<ExposureFacts> {
  const commits = places.filter(place => place.kind === 'commit')
  const [first] = [...commits].sort((a, b) => Date.parse(a.date) - Date.parse(b.date))
  const ids = [...new Set(commits.map(({ commit }) => commit))]
  const refs = root === undefined ? [] : await listRefs(root, ids)
  const described = [...new Set(places.map(describePlace))]
  return {
    places: described.slice(0, MAX_LISTED),
    placeCount: described.length,
    ...(first
      ? {
          firstCommit: {
            commit: first.commit,
            author: printable(first.author),
            date: first.date,
            path: printable(first.path),
          },
        }
      : {}),
    commits: ids.slice(0, MAX_LISTED),
    refs: refs.filter(name => !name.startsWith('refs/tags/')),
    tags: refs.flatMap(name => /^refs\/tags\/(.+)/.exec(name)?.[1] ?? []),
    images: [...new Set(places.flatMap(imageOf))],
    envFiles: [...new Set(places.flatMap(envFileOf))],
    unreachable: places.filter(place => place.kind === 'object' && !place.reachable).length,
    remotes: root === undefined ? [] : await listRemotes(root),
    warnings: [...warnings],
  }
}

function imageOf(place: Place): string[] {
  return place.kind === 'layer' || place.kind === 'image-config' ? [printable(place.image)] : []
}

/** `.env` files and their copies, in the working tree and in images. */
function envFileOf(place: Place): string[] {
  if (place.kind !== 'file' && place.kind !== 'layer') return []
  if (!/(?:^|\/)[^/]*\.env[^/]*$/.test(place.path)) return []
  return [printable(place.kind === 'file' ? place.path : `${place.image}: ${place.path}`)]
}

/** Commits asked about; a secret that many brought in is in all refs that the first ones are in. */
const MAX_COMMITS = 20

async function listRefs(root: string, commits: readonly string[]): Promise<string[]> {
  const contains = commits.slice(0, MAX_COMMITS).map(commit => `--contains=${commit}`)
  if (contains.length === 0) return []
  const { code, stdout } = await runGit(root, ['for-each-ref', '--format=%(refname)', ...contains])
  return code === 0 ? stdout.toString('utf8').split('\n').filter(Boolean).map(printable) : []
}

/** Without the user and password that an address may hold. */
async function listRemotes(root: string): Promise<string[]> {
  const { code, stdout } = await runGit(root, ['config', '--get-regexp', '^remote\\..*\\.url$'])
  if (code !== 0) return []
  const addresses = stdout.toString('utf8').split('\n').filter(Boolean)
  return addresses.map(line => printable(line.replace(/^\S+ /, '').replace(/\/\/[^/@]*@/, '//')))
}

/** What to know before any probe: is it a trap (honeytoken)? */
export function findTraps(
  finding: Pick<ScannedFinding, 'fingerprint' | 'provider'> & Partial<Pick<ScannedFinding, 'secret'>>,
  honeytokens: readonly Honeytoken[],
): string[] {
  const value = finding.secret?.reveal() ?? ''
  const account = awsAccountOf(value)
  const traps = honeytokens.filter(({ kind, value: wanted }) => {
    if (kind === 'fingerprint') return wanted === finding.fingerprint
    if (kind === 'aws-account') return wanted === account
    if (kind === 'host') return value.toLowerCase().includes(wanted)
    return false
  })
  return [
    ...traps.map(
      ({ value: name, note }) =>
        `This is a trap key (${name}): ${note.replace(/\.?$/, '.')} Do not probe it.`,
    ),
    ...(account === undefined ? [] : [`The key id is of AWS account ${account}: is that yours?`]),
  ]
}
