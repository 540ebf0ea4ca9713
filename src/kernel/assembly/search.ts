// The inner loops of the WebAssembly kernel (AssemblyScript; SIMD would gain nothing here); `types.ts` explains the tables, and
// `wasm-memory.ts` lays out the memory and calls `configure` once.
//
// A state is here the distance in bytes of its row from the first accepting row: exactly the accepting ones are not
// negative, so that one comparison tells whether any of eight states accepts. A byte's class is the address that
// is to be added to the state. A step is then two loads and one addition.

/** i32[256]: byte → class. */
const CLASSES: usize = 1024
/** u32[8]: the address where each stream's list of hits begins. As it grows, this goes down. */
const TOPS: usize = 2048

let root: i32 = 0
let overlap: u32 = 0

/** Turns the automaton's transitions at `table`, and its classes at `CLASSES`, into the form of this module. */
export function configure(
  table: usize,
  tableBytes: u32,
  firstAccepting: i32,
  overlapBytes: u32,
): void {
  const firstBytes = firstAccepting << 2
  for (let entry = table; entry < table + tableBytes; entry += 4) {
    store<i32>(entry, (load<i32>(entry) << 2) - firstBytes)
  }
  for (let at = CLASSES; at < CLASSES + 1024; at += 4) {
    store<i32>(at, <i32>table + firstBytes + (load<i32>(at) << 2))
  }
  adopt(firstBytes, overlapBytes)
}

/** Goes on with tables that `configure` has brought into this form before. */
export function adopt(firstBytes: i32, overlapBytes: u32): void {
  root = -firstBytes
  overlap = overlapBytes
}

/** Searches the bytes at `from .. to`; those up to `end` may belong to a literal that starts in there. */
export function searchOne(from: usize, to: usize, end: usize): void {
  let state = root
  let at = end
  while (at > to) state = step(state, load<u8>(--at))
  while (at > from) {
    state = step(state, load<u8>(--at))
    if (state >= 0) emit(7, at - from, state)
  }
}

/** As `searchOne`. Each of the eight streams first runs through the bytes that its literals can reach into. */
export function searchEight(from: usize, to: usize, end: usize): void {
  const size: usize = ((to - from) >> 3) & ~7
  let s0 = root, s1 = root, s2 = root, s3 = root, s4 = root, s5 = root, s6 = root, s7 = root

  let last = end
  while (last > to) s7 = step(s7, load<u8>(--last))
  while (last > from + size * 8) {
    s7 = step(s7, load<u8>(--last))
    if (s7 >= 0) emit(7, last - from, s7)
  }
  for (let at = from + size + overlap; at > from + size;) {
    let p = --at
    s0 = step(s0, load<u8>(p)); p += size
    s1 = step(s1, load<u8>(p)); p += size
    s2 = step(s2, load<u8>(p)); p += size
    s3 = step(s3, load<u8>(p)); p += size
    s4 = step(s4, load<u8>(p)); p += size
    s5 = step(s5, load<u8>(p)); p += size
    s6 = step(s6, load<u8>(p))
  }

  // Written out: as an inner loop over the eight bytes of the words it takes a quarter longer.
  for (let at = size; at > 0;) {
    at -= 8
    let p = from + at
    const w0 = load<u64>(p); p += size
    const w1 = load<u64>(p); p += size
    const w2 = load<u64>(p); p += size
    const w3 = load<u64>(p); p += size
    const w4 = load<u64>(p); p += size
    const w5 = load<u64>(p); p += size
    const w6 = load<u64>(p); p += size
    const w7 = load<u64>(p)
    s0 = step(s0, w0 >> 56); s1 = step(s1, w1 >> 56); s2 = step(s2, w2 >> 56); s3 = step(s3, w3 >> 56);
    s4 = step(s4, w4 >> 56); s5 = step(s5, w5 >> 56); s6 = step(s6, w6 >> 56); s7 = step(s7, w7 >> 56);
    if ((s0 & s1 & s2 & s3 & s4 & s5 & s6 & s7) >= 0) emitEight(at + 7, size, s0, s1, s2, s3, s4, s5, s6, s7)
    s0 = step(s0, w0 >> 48 & 0xff); s1 = step(s1, w1 >> 48 & 0xff); s2 = step(s2, w2 >> 48 & 0xff); s3 = step(s3, w3 >> 48 & 0xff);
    s4 = step(s4, w4 >> 48 & 0xff); s5 = step(s5, w5 >> 48 & 0xff); s6 = step(s6, w6 >> 48 & 0xff); s7 = step(s7, w7 >> 48 & 0xff);
    if ((s0 & s1 & s2 & s3 & s4 & s5 & s6 & s7) >= 0) emitEight(at + 6, size, s0, s1, s2, s3, s4, s5, s6, s7)
    s0 = step(s0, w0 >> 40 & 0xff); s1 = step(s1, w1 >> 40 & 0xff); s2 = step(s2, w2 >> 40 & 0xff); s3 = step(s3, w3 >> 40 & 0xff);
    s4 = step(s4, w4 >> 40 & 0xff); s5 = step(s5, w5 >> 40 & 0xff); s6 = step(s6, w6 >> 40 & 0xff); s7 = step(s7, w7 >> 40 & 0xff);
    if ((s0 & s1 & s2 & s3 & s4 & s5 & s6 & s7) >= 0) emitEight(at + 5, size, s0, s1, s2, s3, s4, s5, s6, s7)
    s0 = step(s0, w0 >> 32 & 0xff); s1 = step(s1, w1 >> 32 & 0xff); s2 = step(s2, w2 >> 32 & 0xff); s3 = step(s3, w3 >> 32 & 0xff);
    s4 = step(s4, w4 >> 32 & 0xff); s5 = step(s5, w5 >> 32 & 0xff); s6 = step(s6, w6 >> 32 & 0xff); s7 = step(s7, w7 >> 32 & 0xff);
    if ((s0 & s1 & s2 & s3 & s4 & s5 & s6 & s7) >= 0) emitEight(at + 4, size, s0, s1, s2, s3, s4, s5, s6, s7)
    s0 = step(s0, w0 >> 24 & 0xff); s1 = step(s1, w1 >> 24 & 0xff); s2 = step(s2, w2 >> 24 & 0xff); s3 = step(s3, w3 >> 24 & 0xff);
    s4 = step(s4, w4 >> 24 & 0xff); s5 = step(s5, w5 >> 24 & 0xff); s6 = step(s6, w6 >> 24 & 0xff); s7 = step(s7, w7 >> 24 & 0xff);
    if ((s0 & s1 & s2 & s3 & s4 & s5 & s6 & s7) >= 0) emitEight(at + 3, size, s0, s1, s2, s3, s4, s5, s6, s7)
    s0 = step(s0, w0 >> 16 & 0xff); s1 = step(s1, w1 >> 16 & 0xff); s2 = step(s2, w2 >> 16 & 0xff); s3 = step(s3, w3 >> 16 & 0xff);
    s4 = step(s4, w4 >> 16 & 0xff); s5 = step(s5, w5 >> 16 & 0xff); s6 = step(s6, w6 >> 16 & 0xff); s7 = step(s7, w7 >> 16 & 0xff);
    if ((s0 & s1 & s2 & s3 & s4 & s5 & s6 & s7) >= 0) emitEight(at + 2, size, s0, s1, s2, s3, s4, s5, s6, s7)
    s0 = step(s0, w0 >> 8 & 0xff); s1 = step(s1, w1 >> 8 & 0xff); s2 = step(s2, w2 >> 8 & 0xff); s3 = step(s3, w3 >> 8 & 0xff);
    s4 = step(s4, w4 >> 8 & 0xff); s5 = step(s5, w5 >> 8 & 0xff); s6 = step(s6, w6 >> 8 & 0xff); s7 = step(s7, w7 >> 8 & 0xff);
    if ((s0 & s1 & s2 & s3 & s4 & s5 & s6 & s7) >= 0) emitEight(at + 1, size, s0, s1, s2, s3, s4, s5, s6, s7)
    s0 = step(s0, w0 & 0xff); s1 = step(s1, w1 & 0xff); s2 = step(s2, w2 & 0xff); s3 = step(s3, w3 & 0xff);
    s4 = step(s4, w4 & 0xff); s5 = step(s5, w5 & 0xff); s6 = step(s6, w6 & 0xff); s7 = step(s7, w7 & 0xff);
    if ((s0 & s1 & s2 & s3 & s4 & s5 & s6 & s7) >= 0) emitEight(at + 0, size, s0, s1, s2, s3, s4, s5, s6, s7)
  }
}

// @ts-ignore: decorator
@inline function step<T>(state: i32, byte: T): i32 {
  return load<i32>(state + load<i32>(CLASSES + (<usize>byte << 2)))
}

/** Without branches, as nobody could predict which of the eight accepts. */
function emitEight(at: u32, size: u32, s0: i32, s1: i32, s2: i32, s3: i32, s4: i32, s5: i32, s6: i32, s7: i32): void {
  emit(0, at, s0)
  emit(1, at + size, s1)
  emit(2, at + size * 2, s2)
  emit(3, at + size * 3, s3)
  emit(4, at + size * 4, s4)
  emit(5, at + size * 5, s5)
  emit(6, at + size * 6, s6)
  emit(7, at + size * 7, s7)
}

/** Writes a hit, i32 start and i32 state, before the others of the stream; it only counts if the state accepts. */
// @ts-ignore: decorator
@inline function emit(stream: usize, start: u32, state: i32): void {
  const top = load<u32>(TOPS + (stream << 2))
  store<u64>(top - 8, <u64>start | (<u64>(state >> 2) << 32))
  store<u32>(TOPS + (stream << 2), top - (<u32>(state >= 0) << 3))
}
