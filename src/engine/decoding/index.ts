import { backslash } from './backslash.ts'
import { base64 } from './base64.ts'
import type { EscapeDecoder, RunDecoder } from './decoder.ts'
import { hex } from './hex.ts'
import { html } from './html.ts'
import { percent } from './percent.ts'
import { quotedPrintable } from './quoted-printable.ts'

export const escapeDecoders = {
  backslash,
  html,
  percent,
  'quoted-printable': quotedPrintable,
} satisfies Record<string, EscapeDecoder>

export const runDecoders = {
  base64,
  hex,
} satisfies Record<string, RunDecoder>

export type RunDecoderName = keyof typeof runDecoders

/** Literals that the search kernel must know, so that escapes are found on its way. */
export const decoderLiterals: readonly string[] = Object.values<EscapeDecoder>(escapeDecoders).flatMap(
  ({ triggers, announcements = [] }) => [...triggers, ...announcements],
)
