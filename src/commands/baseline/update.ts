import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { ExitCode, UserError } from '../../errors.ts'
import type { BaselineEntry } from '../../findings/baseline/baseline.ts'
import { addToBaseline } from '../../findings/baseline/change-baseline.ts'
import { findImported, type ImportedFinding, withVerdict } from '../../findings/baseline/imported-finding.ts'
import { readForeignBaseline } from '../../findings/baseline/read-foreign-baseline.ts'
import type { Finding } from '../../model.ts'
import type { Context } from '../context.ts'
import { writeText } from '../write-text.ts'
import { type BaselineFile, openBaseline, writeBaseline } from './baseline-file.ts'
import { type BaselineOptions, scanForBaseline } from './scan-for-baseline.ts'

/** Accepts what is new. With `--from` only what the other tool's baseline accepts. */
export async function updateBaseline(
  options: BaselineOptions,
  command: Command,
  context: Context,
): Promise<number> {
  await extendBaseline(openBaseline(options.baseline, context), options, command, context)
  return ExitCode.clean
}

export async function extendBaseline(
  file: BaselineFile,
  options: BaselineOptions,
  command: Command,
  context: Context,
): Promise<void> {
  const imported = options.from === undefined ? undefined : readImported(options.from, context.cwd)
  const { report, source, today } = await scanForBaseline(options, command, context)
  const fresh = report.findings.filter(({ state }) => state === 'new')
  const wanted = imported ? fresh.filter(finding => findImported(finding, imported)) : fresh
  const { entries, changed } = addToBaseline(file.entries ?? [], wanted, { source, today })
  writeBaseline(file, imported ? addVerdicts(entries, wanted, imported) : entries)
  const took = imported ? describeImport(imported, fresh) : ''
  await writeText(
    context.stdout,
    `${file.name}: ${entries.length} accepted, ${changed} of them new.\n${took}`,
  )
  if (!report.coverage.complete && !options.quiet)
    context.stderr.write('stanch: not everything could be read; "stanch scan" says what.\n')
}

function readImported(from: string, cwd: string): ImportedFinding[] {
  try {
    return readForeignBaseline(from, readFileSync(resolve(cwd, from), 'utf8'))
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`cannot read "${from}"`, 'Check the path given with --from.', { cause: error })
  }
}

function addVerdicts(
  entries: readonly BaselineEntry[],
  findings: readonly Finding[],
  imported: readonly ImportedFinding[],
): BaselineEntry[] {
  const byName = new Map(findings.map(finding => [finding.fingerprint, findImported(finding, imported)]))
  return entries.map(entry => {
    const from = byName.get(entry.fingerprint)
    return from && entry.verdict === undefined ? withVerdict(entry, from) : entry
  })
}

/** What is accepted elsewhere and not found here needs no entry. */
function describeImport(imported: readonly ImportedFinding[], findings: readonly Finding[]): string {
  const met = imported.filter(other => findings.some(finding => findImported(finding, [other])))
  const missed = imported.length - met.length
  if (missed === 0) return ''
  const ofHistory = imported.some(({ commit }) => commit !== undefined)
  return `${missed} of ${imported.length} imported entries match nothing that this scan finds${ofHistory ? '; those of commits need --history' : ''}.\n`
}
