/**
 * Has V8 compile for speed later and with less of what is called put in place, on all threads. What a scan does depends on
 * what it meets, so that early code is thrown away again: a tenth to a fifth of all CPU time of a scan (bench/README.md).
 */
export function compileLate(): void {
  // Loaded on use: most starts of `run` do without.
  const { setFlagsFromString } = process.getBuiltinModule('node:v8')
  // Three times the default, in bytes of bytecode run. Later versions count calls, compile in between, and know no such option.
  if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=200000')
  // No option of regexes may be set here: with --no-regexp-tier-up one of some hundred scans ended in a segmentation fault.
  // Less than half of the default, in bytes of bytecode.
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=400')
}
