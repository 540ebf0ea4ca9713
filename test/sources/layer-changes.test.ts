import { expect, test } from 'vitest'
import { ChangeRecorder, hides, readWhiteout } from '../../src/sources/image/layer-changes.ts'

/** Paths of a layer's tar; those of directories end with a slash. */
function changesBy(paths: readonly string[]) {
  const changes = new ChangeRecorder()
  for (const path of paths) {
    const whiteout = readWhiteout(path)
    if (whiteout) changes.whiteout(whiteout)
    else if (path.endsWith('/')) changes.directory(path.slice(0, -1))
    else changes.file(path)
  }
  return changes.result()
}

const cases: [title: string, layer: string[], hidden: string[], visible: string[]][] = [
  ['a whiteout deletes a file', ['a/.wh.x'], ['a/x'], ['a/xy', 'x', 'b/x']],
  ['a whiteout deletes a directory with all in it', ['.wh.a'], ['a', 'a/b/c'], ['ab', 'b/a']],
  ['an opaque whiteout empties its directory', ['a/b/.wh..wh..opq'], ['a/b/c', 'a/b/c/d'], ['a/b', 'a/c']],
  ['an opaque whiteout at the root empties everything', ['.wh..wh..opq'], ['a', 'a/b'], []],
  ['a file takes the place of another', ['a/x'], ['a/x'], ['a/y', 'a']],
  ['a file takes the place of a directory with all in it', ['a'], ['a/b', 'a/b/c'], ['ab']],
  ['a directory takes the place of a file, and leaves what is in it', ['a/'], ['a'], ['a/b']],
  [
    'many changes are told apart',
    Array.from({ length: 5000 }, (_, i) => `d/.wh.f${i}`),
    ['d/f0', 'd/f4999'],
    ['d/f5000'],
  ],
]

test.each(cases)('%s', (_, layer, hidden, visible) => {
  const changes = changesBy(layer)
  expect(hidden.filter(path => !hides(changes, path))).toEqual([])
  expect(visible.filter(path => hides(changes, path))).toEqual([])
})
