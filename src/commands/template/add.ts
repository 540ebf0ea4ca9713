import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse } from '../../dotenv/parse.ts'
import { print } from '../../dotenv/print.ts'
import { ExitCode } from '../../errors.ts'
import { printable } from '../../reporters/printable.ts'
import { writeFileAtomically } from '../../system/write-file-atomically.ts'
import { nameEntries } from '../../templates/name-entries.ts'
import { referencesOf } from '../../templates/template.ts'
import { allEntries } from '../../vaults/list-entries.ts'
import type { Context } from '../context.ts'
import { findTemplate, templateName } from '../find-template.ts'
import { chooseVault, openChosenVault } from '../open-vault.ts'
import { readTemplateFile } from '../read-template-file.ts'
import { parseTemplate } from '../template-file.ts'
import type { TemplateOptions } from './options.ts'
import { tellPrefix } from './tell-prefix.ts'

/** A line for each entry that the template does not name yet. What it holds stays as it is. */
export async function addEntries(
  _file: string | undefined,
  options: TemplateOptions,
  context: Context,
): Promise<number> {
  const { cwd, stderr } = context
  const choice = await chooseVault(options, context)
  const entries = await allEntries(await openChosenVault(choice, context))
  const found = findTemplate(choice.stage, cwd)
  const file = found ?? templateName(choice.stage)
  const before = found === undefined ? Buffer.alloc(0) : readTemplateFile(found, cwd)
  const { lines, refused } = nameEntries(
    entries.map(({ name }) => name),
    choice.store,
    takenBy(before),
  )
  for (const { entry, reason } of refused)
    stderr.write(`stanch: ${printable(entry)} is left out: ${reason}\n`)
  const eol = lines.length > 0 && before.length > 0 && before.at(-1) !== 0x0a ? '\n' : ''
  const head =
    found === undefined
      ? `# ${choice.stage}: "stanch run --stage ${choice.stage} -- COMMAND" fills this in\n`
      : ''
  const text = head + eol + lines.map(line => `${line.text}\n`).join('')
  if (lines.length > 0 || found === undefined) {
    mkdirSync(dirname(resolve(cwd, file)), { recursive: true })
    writeFileAtomically(resolve(cwd, file), Buffer.concat([print(parse(before)), Buffer.from(text)]))
  }
  tellPrefix(options, choice, context)
  if (!options.quiet)
    stderr.write(`${file}: ${lines.length} lines ${found === undefined ? 'written' : 'added'}\n`)
  return ExitCode.clean
}

/** Names, and entries as `vault:path`. */
function takenBy(template: Buffer): Set<string> {
  const { assignments } = parseTemplate(template, () => true)
  return new Set(
    assignments.flatMap(assignment => [
      assignment.key,
      ...referencesOf(assignment).map(({ vault, path }) => `${vault}:${path}`),
    ]),
  )
}
