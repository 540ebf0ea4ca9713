/** JUnit XML as Jenkins, GitLab and others show it: a failed test a place; a passed one when nothing was found. */
import type { Finding, Place, Report } from '../model.ts'
import { describePlace } from './describe-place.ts'
import { describeSkips } from './describe-skips.ts'
import { printable } from './printable.ts'
import type { Reporter } from './reporter.ts'

export const junit: Reporter = (report, { showSecrets }) => {
  const failures = report.findings.flatMap(finding =>
    finding.places.map(place => toFailure(finding, place, showSecrets)),
  )
  const cases = failures.length ? failures : ['    <testcase classname="stanch" name="no secrets" time="0"/>']
  const skips = describeSkips(report.coverage).map(skip => `not read: ${skip}`)
  const totals = `tests="${cases.length}" failures="${failures.length}" errors="0"`
  const time = (report.durationMs / 1000).toFixed(3)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="stanch" ${totals} time="${time}">`,
    `  <testsuite ${attributesOf(report)} ${totals} skipped="0" time="${time}">`,
    ...cases,
    ...(skips.length ? [`    <system-err>${escapeXml(skips.join('\n'))}</system-err>`] : []),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function attributesOf({ source, started }: Report): string {
  return `name="${escapeXml(`stanch ${source.kind} ${printable(source.target)}`)}" timestamp="${started.slice(0, 19)}"`
}

function toFailure(finding: Finding, place: Place, showSecrets: boolean): string {
  const { rule, description, severity, secret, fingerprint } = finding
  const value = printable(showSecrets ? secret.reveal() : secret.masked)
  const where = describePlace(place)
  const text = `${description || rule}\n${where}\n${value}\n${fingerprint}`
  return [
    `    <testcase classname="${escapeXml(rule)}" name="${escapeXml(where)}" time="0">`,
    `      <failure type="${severity}" message="${escapeXml(`${description || rule}: ${value}`)}">${escapeXml(text)}</failure>`,
    '    </testcase>',
  ].join('\n')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
}

/** Characters that XML cannot hold at all are left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"\n\r\t]/g, character => entities[character] ?? '')
}
