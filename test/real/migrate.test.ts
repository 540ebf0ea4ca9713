import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { environmentOf, makeShop, type Shop, shopEnv, shopEnvironment } from '../support/shop-to-migrate.ts'

const apply = ['migrate', '.env', '--to', 'local', '--apply']

test('killed wherever it syncs, it can be completed and undone', { timeout: 300_000 }, () => {
  let points = 0
  for (let killed = true; killed; points++) {
    killed = false
    for (const when of ['before', 'after']) {
      const shop = makeShop()
      if (shop.run(apply, `${points + 1}:${when}`).code !== null) continue
      killed = true
      if (hasBegun(shop)) check(shop)
      else expect(shop.read('.env')).toBe(shopEnv)
    }
  }
  expect(points).toBeGreaterThan(12)
})

function hasBegun(shop: Shop): boolean {
  return JSON.parse(shop.run(['migrate', '--list', '--format', 'json']).stdout).length > 0
}

function check(shop: Shop): void {
  expect(shop.run(['migrate', '--resume']).code).toBe(0)
  expect(environmentOf(shop)).toEqual(shopEnvironment)
  expect(existsSync(join(shop.directory, '.env'))).toBe(false)
  expect(shop.run(['migrate', '--undo', '--yes']).code).toBe(0)
  expect(shop.read('.env')).toBe(shopEnv)
  expect(JSON.parse(shop.run(['vault', 'list', '--stage', 'local', '--format', 'json']).stdout)).toEqual([])
}
