import { expect, test } from 'vitest'
import { openBuilt, readAsset } from '../../src/system/assets.ts'

test.each([
  ['read', () => readAsset('rules/none.json'), 'rules/none.json'],
  ['opened', () => openBuilt('none.bin'), 'dist/none.bin'],
])(
  'a file of stanch itself that cannot be %s is called so, and no trouble of what is scanned',
  (_how, use, name) => {
    expect(use).toThrow(
      expect.objectContaining({
        name: 'UserError',
        message: `stanch's own file ${name} cannot be read`,
        hint: 'Install stanch again.',
      }),
    )
  },
)
