import { mostBlockBytes } from './blocks.ts'
import { encodeOutputs } from './encode-outputs.ts'
import { encodeRests, mostHitsAtOnce } from './encode-rests.ts'
import { encodeHitFilter, type HitFilter } from './hit-filter.ts'
import type { Automaton } from './types.ts'
import {
  blockBytesFor,
  classesAddress,
  firstAddress,
  type KernelLayout,
  type KernelTables,
} from './wasm-memory.ts'

const noFilter: HitFilter = {
  literals: [],
  sets: new Uint8Array(0),
  kinds: new Uint8Array(0),
  surprises: new Uint8Array(0),
}

/** The kernel's tables, made from an automaton and what hits are filtered by. */
export function tablesOfAutomaton(
  automaton: Automaton,
  filter: HitFilter = noFilter,
  overlap: number,
): KernelTables {
  const { transitions, firstAccepting, lengths } = automaton
  const { kinds, surprises } = filter
  const encoded = encodeHitFilter(filter, lengths)
  const rests = encodeRests(automaton)
  const { outputs, sets } = encodeOutputs(automaton, filter)
  const layout = layOut(automaton, encoded.byteLength, rests.byteLength, { ...filter, sets }, overlap)
  return {
    layout,
    fill(memory, wasm) {
      new Int32Array(memory, classesAddress, 256).set(automaton.classes)
      new Int32Array(memory, layout.transitions, transitions.length).set(transitions)
      new Uint32Array(memory, layout.outputs, outputs.length).set(outputs)
      new Uint32Array(memory, layout.filters, encoded.length).set(encoded)
      new Uint8Array(memory, layout.rests, rests.length).set(rests)
      new Uint8Array(memory, layout.sets, sets.length).set(sets)
      new Uint8Array(memory, layout.kinds, 256).set(kinds)
      new Uint8Array(memory, layout.surprises, surprises.length).set(surprises)
      wasm.configure(layout.transitions, transitions.byteLength, firstAccepting, overlap)
    },
  }
}

function layOut(
  automaton: Automaton,
  filterBytes: number,
  restBytes: number,
  filter: HitFilter,
  overlap: number,
): KernelLayout {
  const { transitions: table, outputs: list, stride, firstAccepting } = automaton
  const mostHits = mostBlockBytes * mostHitsAtOnce(automaton)
  const starts = firstAddress
  const literals = starts + mostHits * 4
  const transitions = literals + mostHits * 4
  const outputs = transitions + table.byteLength
  const filters = outputs + 2 * list.byteLength
  const rests = filters + filterBytes
  const sets = rests + restBytes
  const kinds = sets + filter.sets.length
  const surprises = kinds + 256
  return {
    strideBytes: stride * 4,
    firstBytes: firstAccepting * 4,
    overlap,
    mostHits,
    starts,
    literals,
    transitions,
    outputs,
    filters,
    rests,
    sets,
    kinds,
    surprises,
    block: surprises + filter.surprises.length,
    blockBytes: blockBytesFor(overlap),
  }
}
