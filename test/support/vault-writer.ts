/** A process that writes to the local vault until it is done or killed: DIRECTORY NAME COUNT. Says what is written. */
import { Secret } from '../../src/model.ts'
import { createLocalVault } from '../../src/vaults/local/local-vault.ts'

const [directory = '', name = '', count = '0'] = process.argv.slice(2)
const world = { env: { XDG_CONFIG_HOME: directory }, directory, now: () => new Date() }
const vault = createLocalVault({}, 'local', world)
for (let index = 1; index <= Number(count); index++) {
  await vault.put?.(name, new Secret(`${name} ${index}`))
  process.stdout.write(`${index}\n`)
}
