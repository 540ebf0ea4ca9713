/**
 * Baselines of other tools: gitleaks' and betterleaks' JSON report (an array of `File`, `StartLine`, `Commit`, `Secret`), and
 * detect-secrets' `.secrets.baseline` (`results` by file, with `hashed_secret`, `line_number`, `is_secret`).
 */
import * as v from 'valibot'
import { UserError } from '../../errors.ts'
import type { ImportedFinding } from './imported-finding.ts'

const gitleaksSchema = v.array(
  v.looseObject({
    File: v.string(),
    StartLine: v.number(),
    Commit: v.optional(v.string(), ''),
    Secret: v.optional(v.string(), ''),
  }),
)

const detectSecretsSchema = v.looseObject({
  version: v.string(),
  results: v.record(
    v.string(),
    v.array(
      v.looseObject({
        hashed_secret: v.string(),
        line_number: v.number(),
        is_secret: v.optional(v.nullable(v.boolean())),
      }),
    ),
  ),
})

/** @throws UserError for what is neither */
export function readForeignBaseline(name: string, text: string): ImportedFinding[] {
  const data = parseJson(text)
  const gitleaks = v.safeParse(gitleaksSchema, data)
  if (gitleaks.success) return gitleaks.output.map(fromGitleaks)
  const detectSecrets = v.safeParse(detectSecretsSchema, data)
  if (detectSecrets.success) return fromDetectSecrets(detectSecrets.output)
  throw new UserError(
    `"${name}" is no baseline that is known`,
    "Give a JSON report of gitleaks or betterleaks, or detect-secrets' .secrets.baseline.",
  )
}

function fromGitleaks({
  File,
  StartLine,
  Commit,
  Secret,
}: v.InferOutput<typeof gitleaksSchema>[number]): ImportedFinding {
  return {
    path: normalisePath(File),
    line: StartLine,
    ...(Commit === '' ? {} : { commit: Commit }),
    ...(isRedacted(Secret) ? {} : { secret: Secret }),
  }
}

function fromDetectSecrets({ results }: v.InferOutput<typeof detectSecretsSchema>): ImportedFinding[] {
  return Object.entries(results).flatMap(([path, findings]) =>
    findings.map(({ hashed_secret, line_number, is_secret }) => ({
      path: normalisePath(path),
      line: line_number,
      sha1: hashed_secret,
      ...(typeof is_secret === 'boolean'
        ? { verdict: is_secret ? ('real' as const) : ('false' as const) }
        : {}),
    })),
  )
}

/** `--redact` gives the word, `--redact=80` the beginning with dots. */
function isRedacted(secret: string): boolean {
  return secret === '' || secret === 'REDACTED' || secret.endsWith('...')
}

function normalisePath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
