/** Loaded into a program before its own code: kills it where it makes something last for the STANCH_KILL_AT-th time. */
const fs = require('node:fs')
const { syncBuiltinESMExports } = require('node:module')

const original = fs.fsyncSync
const [moment, when] = (process.env.STANCH_KILL_AT ?? '0').split(':')
let left = Number(moment)
fs.fsyncSync = file => {
  left--
  if (left === 0 && when === 'before') process.kill(process.pid, 'SIGKILL')
  original(file)
  if (left === 0 && when === 'after') process.kill(process.pid, 'SIGKILL')
}
syncBuiltinESMExports()
