import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeDirectory } from '../temporary-directory.ts'

/** A folder with a program `op` that keeps items in a file and its arguments in another. */
export function fakeOpProgram(): { folder: string; argv: string } {
  const folder = makeDirectory()
  const argv = join(folder, 'argv')
  writeFileSync(join(folder, 'op'), `#!${process.execPath}\n(${run})(${JSON.stringify(folder)})\n`)
  chmodSync(join(folder, 'op'), 0o755)
  return { folder, argv }
}

/** Stands in a file of its own: it sees nothing of this module. */
const run = `function (folder) {
  const fs = require('node:fs')
  const [, action, id] = process.argv.slice(2)
  fs.appendFileSync(folder + '/argv', process.argv.slice(2).join(' ') + '\\n')
  const read = () => { try { return JSON.parse(fs.readFileSync(folder + '/items', 'utf8')) } catch { return [] } }
  const write = items => fs.writeFileSync(folder + '/items', JSON.stringify(items))
  const say = value => process.stdout.write(JSON.stringify(value))
  const items = read()
  const known = items.find(item => item.id === id)
  const input = () => JSON.parse(fs.readFileSync(0, 'utf8'))
  if (process.argv[process.argv.indexOf('--vault') + 1] !== 'Team') {
    process.stderr.write('[ERROR] "x" isn\\'t a vault in this account.')
    process.exit(1)
  }
  if (action === 'list') return say(items.map(({ fields, ...item }) => item))
  if (action === 'create') {
    const item = { ...input(), id: 'i' + (items.length + 1), version: 1 }
    write([...items, item])
    return say(item)
  }
  if (!known) {
    process.stderr.write('[ERROR] "' + id + '" isn\\'t an item.')
    process.exit(1)
  }
  if (action === 'get') return say(known)
  if (action === 'delete') return write(items.filter(item => item !== known))
  const item = { ...input(), id, version: known.version + 1 }
  write(items.map(one => (one === known ? item : one)))
  say(item)
}`
