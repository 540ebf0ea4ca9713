// The parts of git-core.ts that are worth WebAssembly (AssemblyScript). The memory is provided and laid out there.
export { prepareInflate, inflate } from './inflate'
export { resultSize, applyDelta } from './delta'
export { setKey, hashBytes } from './hash'
export {
  setTable,
  growTable,
  usedSlots,
  setBatch,
  setLists,
  batchLength,
  countHolders,
  clearHolders,
  countMarks,
  clearMarks,
  markUnits,
  closeBatch,
  endBatch,
} from './unit-table'
export { beginText, collect, traceText } from './unique-text'
export { setTrace, addMarks, takeFound } from './mark-trace'
export { setObjects, addObject, findObject } from './object-table'
export {
  setTrees,
  listLinks,
  countLinks,
  clearLinks,
  countMissing,
  clearMissing,
  beginTree,
  collectTree,
} from './tree'
