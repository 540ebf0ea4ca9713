import { expect, test } from 'vitest'
import { createDockerIgnore } from '../../src/hygiene/docker-ignore.ts'

const rows: [title: string, ignore: string, path: string, expected: boolean][] = [
  ['a name in the root', '.env', '.env', true],
  ['a name counts in the root only', '.env', 'api/.env', false],
  ['two stars count everywhere', '**/.env', 'api/.env', true],
  ['two stars count in the root, too', '**/.env*', '.env.local', true],
  ['a folder takes what is in it', 'api', 'api/config/.env', true],
  ['a star stays within a folder', '*/.env', 'a/b/.env', false],
  ['a slash or a dot before it means nothing', '/./.env', '.env', true],
  ['the last that matches decides', '*\n!.env\n', '.env', false],
  ['a later pattern takes an exception back', '!.env\n.env*\n', '.env', true],
  ['a remark', '#.env', '.env', false],
  ['a dot alone means nothing', '.', '.env', false],
  ['a backslash makes a star plain', '\\*.env', 'a.env', false],
]

for (const [title, ignore, path, expected] of rows)
  test(`.dockerignore: ${title}`, () => {
    expect(createDockerIgnore(ignore)(path)).toBe(expected)
  })
