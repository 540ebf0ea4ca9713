import { expect, test } from 'vitest'
import { describeUse, spellings } from '../../src/commands/env/facts/spellings.ts'

/** The uses of a name in a line of code, as the search finds them. */
function usesIn(code: string, name: string): (string | undefined)[] {
  return spellings(name).flatMap(({ text, isExact }) => {
    const start = code.toLowerCase().indexOf(text.toLowerCase())
    return start < 0 ? [] : [describeUse(Buffer.from(code), start, start + text.length, { name, isExact })]
  })
}

test.each([
  ['os.environ["SHOP_RELOAD"]', ['sure']],
  ['env_prefix = "SHOP_"', ['possible']],
  ["startswith('SHOP_')", ['possible']],
  ['env_prefix = "WORKSHOP_"', [undefined]],
  ['os.environ[f"{service}_RELOAD"]', ['possible']],
  ['os.environ[f"{service}_RELOADED"]', [undefined]],
  ['reload = True', []],
])('%s reads SHOP_RELOAD: %j', (code, expected) => {
  expect(usesIn(code, 'SHOP_RELOAD')).toEqual(expected)
})
