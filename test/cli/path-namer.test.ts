import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createPathNamer } from '../../src/commands/project.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

test('a path is called from the root of the project or of the target that holds it, whatever detours it takes', () => {
  const names = ['home/.config', 'one/.github', 'one-more', 'two']
  const top = makeDirectory(Object.fromEntries(names.map(name => [`${name}/a.txt`, ''])))
  const cwd = join(top, 'home')
  const targets = [join(top, 'one'), join(top, 'two'), '.']
  const nameOf = createPathNamer({ root: cwd }, targets, cwd)
  const paths = [
    'a.txt',
    '.config/a.txt',
    './a.txt',
    'b/../a.txt',
    'b//a.txt',
    join(top, 'home/a.txt'),
    '../two/a.txt',
    join(top, 'one/.github/a.txt'),
    `${top}/two/./b/../a.txt`,
    join(top, 'one-more/a.txt'),
  ]
  expect(paths.map(nameOf)).toEqual([
    'a.txt',
    '.config/a.txt',
    'a.txt',
    'a.txt',
    'b/a.txt',
    'a.txt',
    'a.txt',
    '.github/a.txt',
    'a.txt',
    '../one-more/a.txt',
  ])
})
