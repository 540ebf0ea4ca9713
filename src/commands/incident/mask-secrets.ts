import { Readable } from 'node:stream'
import { fingerprintOf } from '../../findings/fingerprint.ts'
import type { Incident } from '../../incident/journal/incident.ts'
import { Secret } from '../../model.ts'
import { printable } from '../../reporters/printable.ts'
import type { Context } from '../context.ts'
import { scanDefaults } from '../scan/complete-request.ts'
import { runScan } from '../scan/run-scan.ts'

export interface MaskedText {
  text: string
  /** Different values that were masked. */
  masked: number
}

/** What somebody writes into a journal, without the leaked value and without what else looks like a secret. */
export async function maskSecrets(
  text: string,
  finding: Incident['finding'],
  context: Context,
): Promise<MaskedText> {
  const request = {
    ...scanDefaults,
    paths: [],
    stdin: true,
    allowComments: false,
    ignoreFile: false,
    all: true,
  }
  const report = await runScan(
    { ...request, baseline: false, stdinFilename: 'evidence' },
    { ...context, stdin: Readable.from([Buffer.from(text)]) },
  )
  const values = [...findLeaked(text, finding), ...report.findings.map(({ secret }) => secret.reveal())]
  const found = [...new Set(values)].filter(value => text.includes(value)).sort((a, b) => b.length - a.length)
  const masked = found.reduce((all, value) => all.replaceAll(value, new Secret(value).masked), text)
  return { text: masked.split('\n').map(printable).join('\n'), masked: found.length }
}

/** Words of the text whose fingerprint is that of the incident. */
function findLeaked(text: string, finding: Incident['finding']): string[] {
  if (!finding) return []
  const words = text.split(/[\s"'`,;=<>()[\]{}]+/).filter(word => word.length >= 8)
  return [...words, ...words.flatMap(word => word.split(/[:@/?&]/))].filter(
    word =>
      fingerprintOf({ secret: word, rule: '', path: '', key: '', isStrong: true }) === finding.fingerprint,
  )
}
