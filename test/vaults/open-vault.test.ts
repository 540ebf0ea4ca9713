import { expect, test } from 'vitest'
import { chooseVault, openVault } from '../../src/commands/open-vault.ts'
import { Secret } from '../../src/model.ts'
import { allEntries } from '../../src/vaults/list-entries.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

const now = () => new Date('2026-11-26T12:00:00Z')

const settings = `
[stages]
names = ["local", "production"]
[vaults.mounted]
type = "file"
directory = "mounted"
path = "{stage}/{KEY}"
[migrate]
namespace = "shop"
`

test.each<[title: string, given: Parameters<typeof chooseVault>[0], env: NodeJS.ProcessEnv, chosen: object]>([
  [
    'a type alone',
    { vault: 'memory' },
    {},
    { store: 'memory', type: 'memory', namespace: 'shop', stage: 'local' },
  ],
  ['a prefix is the namespace', { vault: 'memory:/team/app' }, {}, { namespace: '/team/app' }],
  ['--namespace wins over the prefix', { vault: 'memory:/a', namespace: 'b' }, {}, { namespace: 'b' }],
  ['a configured name', { vault: 'mounted' }, {}, { type: 'file', directory: expect.any(String) }],
  [
    'the environment',
    {},
    { STANCH_VAULT: 'env:APP_', STANCH_STAGE: 'production' },
    {
      type: 'env',
      stage: 'production',
      settings: { type: 'env', prefix: 'APP_' },
    },
  ],
])('the vault is chosen by %s', async (_title, given, env, chosen) => {
  const cwd = makeDirectory({ '.stanch.toml': settings })
  expect(await chooseVault(given, { cwd, env })).toMatchObject(chosen)
})

test.each([
  [{ vault: 'mounte' }, 'there is no vault "mounte"', 'Did you mean mounted?'],
  [{ vault: 'memory', stage: 'prodction' }, 'there is no stage "prodction"', 'Did you mean production?'],
])('%j names what is near', async (given, message, hint) => {
  const cwd = makeDirectory({ '.stanch.toml': settings })
  await expect(chooseVault(given, { cwd, env: {} })).rejects.toMatchObject({ message, hint })
})

test('a configured vault reads and writes below its own stage only', async () => {
  const cwd = makeDirectory({
    '.stanch.toml': settings,
    'mounted/production/A': 'one',
    'mounted/local/B': 'two',
  })
  const vault = await openVault({ vault: 'mounted', stage: 'production' }, { cwd, env: {}, now })
  await vault.put?.('C', new Secret('three'))
  expect(await allEntries(vault)).toMatchObject([{ name: 'A' }, { name: 'C' }])
  expect((await vault.get('C')).reveal()).toBe('three')
  await expect(vault.get('B')).rejects.toMatchObject({
    kind: 'not-found',
    message: 'mounted has no entry "B" (stage production)',
  })
  await expect(vault.get('../local/B')).rejects.toMatchObject({ kind: 'invalid-name' })
})
