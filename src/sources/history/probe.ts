import { type BatchSearch, type Finds, searchHere } from '../../git/unique-text.ts'

/** What a search of lines tells about whole texts. */
export interface Probe {
  /**
   * Places (start, end) in lines out of their context, each with the line before it, where a part of a match may stand:
   * whatever stands around them, and whatever their file is called. Lines that belong together follow each other.
   * Whether it is one may depend on what is around it, as far as its reach says.
   */
  probeLines(lines: Uint8Array): Finds
  /** Whether a match may stand in a piece of text, whatever its file is called. */
  probeText(text: Uint8Array): boolean
  /** Whether a content that is no text may hold a match. */
  probeBinary(bytes: Uint8Array): boolean
  /** Some match may need a whole text to be found: then every text is looked at whole. */
  needsWholeTexts: boolean
}

/** What a thread reads is searched by itself, or by another thread. */
export interface ThreadProbe extends Omit<Probe, 'probeLines'> {
  lines: BatchSearch
}

export function probeHere(probe: Probe): ThreadProbe {
  return { ...probe, lines: searchHere(probe.probeLines) }
}
