import type { Incident } from '../journal/incident.ts'

/** What the search through a repository has found. */
export interface PurgeFacts {
  repository: string
  /** Objects that hold the value. */
  objects: FoundObject[]
  /** Commits that brought it in or took it out; ids as they are before the purge. */
  commits: string[]
  /** Those of them that have none of the others before them. */
  firstCommits: string[]
  refs: string[]
  /** Address without user and password. */
  remotes: string[]
  usesLfs: boolean
  /** LFS objects that the history names and that were not looked into. */
  missingLfs: string[]
  hasSubmodules: boolean
  /** Files in trees whose name holds the value: no replacement reaches them. */
  names: string[]
}

export interface FoundObject {
  id: string
  type: 'blob' | 'commit' | 'tag' | 'tree' | 'lfs'
  /** `as it is`, `base64`, `in an archive`. */
  forms: string[]
  /** Whether no text can be replaced in it: the blob goes as a whole. */
  isPacked: boolean
  path?: string
}

/** Files of the plan, by their paths. */
export interface PurgeFiles {
  expressions: string
  blobs: string
  guard: string
}

const MAX_LISTED = 40

/** What to do, command by command. The value stands in the expression file alone. */
export function purgeGuide(incident: Incident, facts: PurgeFacts, files: PurgeFiles): string {
  const { objects, commits, firstCommits, refs, names } = facts
  const remote = facts.remotes[0] ?? facts.repository
  const hasBlobs = objects.some(({ isPacked }) => isPacked)
  const pulls = refs.filter(name => /^refs\/(?:pull|merge-requests)\//.test(name))
  return [
    `# Purge of the history: incident ${incident.id}`,
    '',
    ...(incident.clocks.containment
      ? [
          'The value is verified dead: the purge is cosmetic. It matters for data of people, for keys that cannot be changed, and for the calm of scanners.',
        ]
      : ['**The value is not verified dead.** A force push shows where to look: revoke first.']),
    '',
    '## What was found',
    '',
    `${objects.length} objects, ${commits.length} commits and ${refs.length} refs hold the value.`,
    '',
    '| object | type | how | path |',
    '|---|---|---|---|',
    ...objects
      .slice(0, MAX_LISTED)
      .map(
        ({ id, type, forms, path = '' }) => `| ${id} | ${type} | ${forms.join(', ')} | ${escapeCell(path)} |`,
      ),
    ...(objects.length > MAX_LISTED ? [`| and ${objects.length - MAX_LISTED} more | | | |`] : []),
    '',
    `First commits: ${firstCommits.slice(0, MAX_LISTED).join(', ') || 'none'}`,
    '',
    `Refs: ${refs.slice(0, MAX_LISTED).map(escapeCell).join(', ') || 'none: only objects that no ref reaches, which git gc --prune=now removes'}`,
    '',
    ...names.map(
      name =>
        `**A file's name holds the value**, which no replacement reaches: rename it with --path-rename: ${escapeCell(name)}`,
    ),
    ...describeLfs(facts),
    ...(facts.hasSubmodules ? ['Submodules are repositories of their own: search each of them.', ''] : []),
    '## Before',
    '',
    '1. Freeze pushes; merge or close what is open; lift the protection against force pushes.',
    '2. A fresh clone, and a copy for evidence that is encrypted at once (the age program does it):',
    '',
    ...shell([
      `git clone --mirror ${quote(remote)} purge.git`,
      'git -C purge.git for-each-ref > refs-before.txt',
      'git -C purge.git bundle create - --all | age -r RECIPIENT -o evidence.bundle.age',
    ]),
    '## Purge',
    '',
    ...shell([
      'cd purge.git',
      [
        'git filter-repo --sensitive-data-removal --force',
        `--replace-text ${quote(files.expressions)} --replace-message ${quote(files.expressions)}`,
        ...(hasBlobs ? [`--strip-blobs-with-ids ${quote(files.blobs)}`] : []),
      ].join(' \\\n  '),
    ]),
    'It needs git-filter-repo 2.47 or later (pip install git-filter-repo). Signatures of commits and tags, pinned commit ids and open reviews are lost.',
    '',
    '## Verify, before the push and on a fresh clone after it',
    '',
    ...shell([
      `stanch incident purge-plan --incident ${incident.id} --repository ${quote(facts.repository)} --verify .`,
      ...firstCommits.slice(0, 5).map(commit => `git cat-file -t ${commit}   # must fail`),
      'git for-each-ref > ../refs-after.txt; diff ../refs-before.txt ../refs-after.txt',
    ]),
    '## Push',
    '',
    ...shell([`git push --force --mirror ${quote(remote)}`]),
    `Hosts refuse refs/pull and refs/merge-requests: ${pulls.length} of them hold the value. Restore the protection afterwards.`,
    '',
    '## Server',
    '',
    'The old commits can be read by their ids until the server collects garbage. Your own: `git reflog expire --expire=now --all && git gc --prune=now`. A host: the ticket beside this file.',
    '',
    '## Clones and forks',
    '',
    'Everybody clones anew. Who has work of their own: `git fetch`, then `git rebase --onto` or `git cherry-pick`, never `git merge`. Forks hold the old commits: ask their owners. Do not run the purge on another clone: the ids would differ.',
    '',
    '## Guard',
    '',
    'One clone of old that pushes brings it all back. For 90 days, on the server or in CI:',
    '',
    ...shell([
      `install -m 755 ${quote(files.guard)} REPOSITORY.git/hooks/pre-receive`,
      `sh ${quote(files.guard)} ci`,
    ]),
    '## At the end',
    '',
    'The expression file holds the value:',
    '',
    ...shell([
      `stanch incident purge-plan --incident ${incident.id} --shred`,
      `stanch incident done purge --incident ${incident.id} --evidence TICKET`,
    ]),
  ].join('\n')
}

/** What git-filter-repo does not reach: it takes the pointers away, the content stays where LFS keeps it. */
function describeLfs({ objects, missingLfs }: PurgeFacts): string[] {
  const held = objects.filter(({ type }) => type === 'lfs').map(({ id }) => id)
  return [
    ...(held.length
      ? [
          `**${held.length} LFS objects hold the value.** The purge takes their pointers away; the content stays on the server until its support or administrator deletes it (the ticket names the ids), and in every clone until \`git lfs prune\`:`,
          '',
          ...shell(
            held
              .slice(0, MAX_LISTED)
              .map(id => `rm -f .git/lfs/objects/${id.slice(0, 2)}/${id.slice(2, 4)}/${id}`),
          ),
        ]
      : []),
    ...(missingLfs.length
      ? [
          `${missingLfs.length} LFS objects are not on this machine and were not looked into: \`git lfs fetch --all\`, then plan again.`,
          '',
        ]
      : []),
  ]
}

function shell(commands: readonly string[]): string[] {
  return ['```sh', ...commands, '```', '']
}

/** For a shell, whatever a path holds. */
function quote(text: string): string {
  return /^[\w./:@~+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

function escapeCell(text: string): string {
  return text.replace(/[&<>|`*_[\]\\]/g, character => `&#${character.charCodeAt(0)};`)
}

/** Text for the support of the host. It holds no secret. */
export function hostTicket(facts: PurgeFacts): string {
  const { refs, firstCommits, remotes, usesLfs, objects } = facts
  const lfs = objects.filter(({ type }) => type === 'lfs').map(({ id }) => id)
  const pulls = refs.filter(name => /^refs\/(?:pull|merge-requests)\//.test(name))
  return [
    'Subject: removal of sensitive data from cached views and unreachable objects',
    '',
    `Repository: ${remotes[0]?.replace(/^.*[:/]([^/:]+\/[^/]+?)(?:\.git)?$/, '$1') ?? 'OWNER/REPOSITORY'}`,
    '',
    'We have removed sensitive data from the history with git-filter-repo and force-pushed all refs.',
    'The credential was revoked. Please dereference or delete the reviews that hold it, run garbage collection on the server, and clear cached views.',
    '',
    `Affected pull or merge requests: ${pulls.length}${pulls.length ? ` (${pulls.map(name => name.split('/')[2]).join(', ')})` : ' (in what was fetched)'}`,
    `First changed commits: ${firstCommits.join(', ') || 'none'}`,
    `Orphaned LFS objects: ${lfs.length ? lfs.join(', ') : usesLfs ? 'yes, as git filter-repo names them' : 'no'}`,
    '',
  ].join('\n')
}
