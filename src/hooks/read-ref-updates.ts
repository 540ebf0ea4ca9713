import { UserError } from '../errors.ts'

/** One ref that a push moves: from `old` (unknown to the receiver: undefined) to `tip` (deleted: undefined). */
export interface RefUpdate {
  ref: string
  old?: string
  tip?: string
}

/**
 * What git says to pre-push on standard input: `<local ref> <local id> <remote ref> <remote id>`, a line a ref; a name of
 * zeros stands for nothing. https://git-scm.com/docs/githooks#_pre_push
 */
export function readPushedRefs(text: string): RefUpdate[] {
  return parseLines(text, /^(?:.* )?([0-9a-f]{40,64}) (\S+) ([0-9a-f]{40,64})$/, ([tip, ref, old]) => ({
    tip,
    ref,
    old,
  }))
}

/** The same for pre-receive: `<old id> <new id> <ref>`. */
export function readReceivedRefs(text: string): RefUpdate[] {
  return parseLines(text, /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (.+)$/, ([old, tip, ref]) => ({
    tip,
    ref,
    old,
  }))
}

type Fields = Record<'tip' | 'ref' | 'old', string | undefined>

function parseLines(text: string, form: RegExp, toFields: (parts: string[]) => Fields): RefUpdate[] {
  return text
    .split(/\r?\n/)
    .filter(line => line !== '')
    .map(line => {
      const parts = form.exec(line)
      if (!parts)
        throw new UserError(
          `"${line}" is not what git says to a hook`,
          'A hook gets its input from git; run "stanch scan" to search for secrets.',
        )
      const { tip, ref = '', old } = toFields(parts.slice(1))
      return { ref, ...unlessNull('tip', tip), ...unlessNull('old', old) }
    })
}

function unlessNull<K extends string>(name: K, id: string | undefined): Partial<Record<K, string>> {
  return id === undefined || /^0+$/.test(id) ? {} : ({ [name]: id } as Partial<Record<K, string>>)
}
