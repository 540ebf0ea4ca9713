/**
 * Has V8 compile for speed later and with less of what is called put in place, on all threads. What a scan does depends on
 * what it meets, so that early code is thrown away again: a tenth to a fifth of all CPU time of a scan (bench/README.md).
 */
export function compileLate(): void {
  // Loaded on use: most starts of `run` do without.
  const { setFlagsFromString } = process.getBuiltinModule('node:v8')
  // Three times the defaults of Node 20, in bytes of bytecode run; less than half of it, in bytes of bytecode.
  setFlagsFromString('--interrupt-budget=200000')
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=400')
}
