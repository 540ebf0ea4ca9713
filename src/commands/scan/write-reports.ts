import { writeFileSync } from 'node:fs'
import { UserError } from '../../errors.ts'
import type { Report } from '../../model.ts'
import { type Format, reporters } from '../../reporters/index.ts'
import type { Context } from '../context.ts'
import { writeText } from '../write-text.ts'
import type { ScanOptions } from './options.ts'

/** Writes every `--output`; standard output gets the report too, unless files were asked for and no format was. */
export async function writeReports(report: Report, options: ScanOptions, context: Context): Promise<void> {
  for (const { format, file } of options.output) {
    const text = render(report, format ?? options.format, options, false)
    try {
      writeFileSync(file, text)
    } catch (error) {
      throw new UserError(
        `cannot write the report "${file}"`,
        'Check that its folder exists and can be written.',
        { cause: error },
      )
    }
  }
  await writeText(context.stdout, render(report, options.format, options, usesColor(options, context)))
}

function render(report: Report, format: Format, options: ScanOptions, color: boolean): string {
  return reporters[format](report, { showSecrets: options.showSecrets ?? false, color })
}

/** `--color`, then NO_COLOR and FORCE_COLOR, then whether a person is looking. */
function usesColor({ color }: ScanOptions, { env, stdout }: Context): boolean {
  if (color !== 'auto') return color === 'always'
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0'
  return stdout.isTTY === true && env.TERM !== 'dumb'
}
