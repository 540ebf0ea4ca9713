/** SARIF 2.1.0 (OASIS standard) of what is wrong with env files. */
import { createHash } from 'node:crypto'
import type { Log, Result } from 'sarif'
import type { HygieneRule, Problem } from '../../../hygiene/problem.ts'
import { hygieneRules } from '../../../hygiene/rules/index.ts'
import { printJson } from '../../../reporters/print-json.ts'
import { sarifLevels, sarifScores } from '../../../reporters/sarif-severity.ts'
import { version } from '../../../version.ts'
import type { EnvReporter } from './index.ts'
import { toldProblems } from './told-problems.ts'

export const sarif: EnvReporter = report => `${printJson(toLog(toldProblems(report)), 2)}\n`

function toLog(problems: readonly Problem[]): Log {
  const used = Object.entries<HygieneRule>(hygieneRules).filter(([id]) =>
    problems.some(({ rule }) => rule === id),
  )
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'stanch',
            version,
            semanticVersion: version,
            rules: used.map(([id, { summary, severity }]) => ({
              id: `env/${id}`,
              shortDescription: { text: summary },
              defaultConfiguration: { level: sarifLevels[severity] },
              properties: { tags: ['security', 'env'], 'security-severity': sarifScores[severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: problems.map(problem =>
          toResult(
            problem,
            used.findIndex(([id]) => id === problem.rule),
          ),
        ),
      },
    ],
  }
}

function toResult(
  { rule, severity, path, line, key, message, fix, doubt }: Problem,
  ruleIndex: number,
): Result {
  return {
    ruleId: `env/${rule}`,
    ruleIndex,
    level: sarifLevels[severity],
    message: { text: `${message}. ${fix}${doubt === undefined ? '' : ` In doubt: ${doubt}.`}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: toUri(path) },
          ...(line === undefined ? {} : { region: { startLine: line } }),
        },
      },
    ],
    partialFingerprints: {
      'stanchEnv/v1': createHash('sha256')
        .update(`${rule}\0${path}\0${key ?? ''}`)
        .digest('hex')
        .slice(0, 20),
    },
  }
}

function toUri(path: string): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/')
  return path.startsWith('/') ? `file://${encoded}` : encoded
}
