// From an object's name to its number. A slot has the first twelve bytes of the name, which tell any two objects
// apart, and the number plus 1; 0 is free.

import { FREE } from './layout'

let slots: usize = FREE
let mask: u32 = 0

export function setObjects(address: usize, count: u32): void {
  slots = address
  mask = count - 1
  memory.fill(address, 0, <usize>count << 4)
}

/** The first number that a name is given stays. */
export function addObject(id: usize, number: u32): void {
  const at = find(id)
  if (load<u32>(at, 12) != 0) return
  memory.copy(at, id, 12)
  store<u32>(at, number + 1, 12)
}

/** The number, or -1. */
export function findObject(id: usize): i32 {
  return <i32>load<u32>(find(id), 12) - 1
}

/** The slot of a name, or the free one where it would go. */
function find(id: usize): usize {
  const head = load<u64>(id)
  const tail = load<u32>(id, 8)
  let slot = tail & mask
  for (;;) {
    const at = slots + (<usize>slot << 4)
    if (load<u32>(at, 12) == 0 || (load<u64>(at) == head && load<u32>(at, 8) == tail)) return at
    slot = (slot + 1) & mask
  }
  return 0
}
