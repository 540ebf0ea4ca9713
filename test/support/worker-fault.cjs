// Loaded before the program (--require): in worker threads the file that is named after the fault kills the thread. The
// main thread works slowly until workers are called for, and then waits until one has died.
const fs = require('node:fs')
const { syncBuiltinESMExports } = require('node:module')
const { isMainThread } = require('node:worker_threads')

const { openSync } = fs
const died = process.env.STANCH_TEST_DIED
let opened = 0
fs.openSync = (path, ...rest) => {
  if (isMainThread && /\.txt$/.test(String(path))) {
    opened++
    if (opened < 100) sleep(2)
    for (let waited = 0; opened >= 100 && waited < 10_000 && !fs.existsSync(died); waited += 20) sleep(20)
  }
  if (!isMainThread && /killer/.test(String(path))) {
    fs.writeFileSync(died, '')
    process.exit(1)
  }
  return openSync(path, ...rest)
}
syncBuiltinESMExports()

function sleep(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
