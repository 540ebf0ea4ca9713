// Loaded before the program (--require): in worker threads the file that is named after the fault kills the thread,
// and the main thread opens files slowly, so that the workers come first.
const fs = require('node:fs')
const { syncBuiltinESMExports } = require('node:module')
const { isMainThread } = require('node:worker_threads')

const { openSync } = fs
fs.openSync = (path, ...rest) => {
  if (isMainThread && /\.txt$/.test(String(path)))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
  if (!isMainThread && /killer/.test(String(path))) process.exit(1)
  return openSync(path, ...rest)
}
syncBuiltinESMExports()
