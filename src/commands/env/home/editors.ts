import { join } from 'node:path'
import type { HomeFact } from '../../../hygiene/facts.ts'
import { isEnvName, isTemplateName } from '../../../hygiene/file-names.ts'
import { listBelow, readSmall } from './list-below.ts'
import type { ValueFinder } from './value-finder.ts'

const products = ['Code', 'Code - Insiders', 'VSCodium', 'Cursor', 'Windsurf']
const histories = [
  ...products.flatMap(name => [
    `.config/${name}/User/History`,
    `Library/Application Support/${name}/User/History`,
  ]),
  '.vscode-server/data/User/History',
]
/** Files in which editors keep parts of texts, and the folders of such files. */
const caches = [
  '.viminfo',
  '.config/sublime-text/Local/Session.sublime_session',
  '.config/sublime-text/Local/Auto Save Session.sublime_session',
]
const cacheFolders = [
  '.cache/JetBrains',
  'Library/Caches/JetBrains',
  '.vim/undo',
  '.vim/swap',
  '.vim/backup',
  '.local/state/nvim/undo',
  '.local/state/nvim/swap',
  '.local/share/nvim/swap',
  '.emacs.d/backups',
  '.emacs.d/auto-save-list',
]
const trashes = ['.local/share/Trash/files', '.Trash']
const synchronised =
  /(?:^|[\\/])(Dropbox|OneDrive[^\\/]*|Google ?Drive|iCloud ?Drive|Mobile Documents|Nextcloud|ownCloud|Box Sync|pCloud ?Drive|Syncthing)[\\/]/i

export function findEditorCopies(
  home: string,
  root: string,
  isExposed: boolean,
  findValues: ValueFinder,
): HomeFact[] {
  return [
    ...histories.flatMap(folder => findInHistory(join(home, folder))),
    ...[
      ...caches.map(path => join(home, path)),
      ...cacheFolders.flatMap(folder => listBelow(join(home, folder), 4)),
    ].flatMap(path => findInCache(path, findValues)),
    ...trashes.flatMap(folder => listBelow(join(home, folder), 2)).flatMap(findInTrash),
    ...(isExposed ? findSynchronised(root) : []),
  ]
}

/** VS Code and its kin keep every saved version; `entries.json` says of which file. */
function findInHistory(folder: string): HomeFact[] {
  return listBelow(folder, 1)
    .filter(path => path.endsWith('entries.json'))
    .flatMap(path => {
      const resource = /"resource"\s*:\s*"([^"]+)"/.exec(readSmall(path, 1024 * 1024) ?? '')?.[1]
      const base = decodeName(resource?.slice(resource.lastIndexOf('/') + 1) ?? '')
      if (!isEnvName(base) || isTemplateName(base)) return []
      return [
        tell(
          path,
          `the editor keeps saved versions of a ${base}`,
          'Delete the folder, and leave env files out of the local history.',
        ),
      ]
    })
}

/** A name that is no URL's stays as it is. */
function decodeName(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function findInCache(path: string, findValues: ValueFinder): HomeFact[] {
  const [first, ...others] = findValues(readSmall(path, 64 * 1024 * 1024) ?? '')
  if (!first) return []
  const more = others.length ? ` and of ${others.length} more` : ''
  return [
    {
      ...tell(
        path,
        `an editor's file holds the value of ${first.key}${more}`,
        'Delete it while the editor is closed.',
      ),
      key: first.key,
    },
  ]
}

function findInTrash(path: string): HomeFact[] {
  const base = path.slice(path.search(/[^\\/]*$/))
  return isEnvName(base) && !isTemplateName(base)
    ? [tell(path, 'an env file in the trash', 'Empty the trash.')]
    : []
}

function findSynchronised(root: string): HomeFact[] {
  const service = synchronised.exec(`${root}/`)?.[1]
  if (service === undefined) return []
  return [
    tell(
      root,
      `the project lies in ${service}, which copies its env files elsewhere`,
      'Move the project, or keep the secrets in a vault.',
    ),
  ]
}

function tell(path: string, message: string, fix: string): HomeFact {
  return { rule: 'editor-history', path, message, fix }
}
