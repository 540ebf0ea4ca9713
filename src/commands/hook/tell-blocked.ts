import { existsSync } from 'node:fs'
import type { HookType } from '../../hooks/hook-type.ts'
import type { Report } from '../../model.ts'
import { describeBlocked } from '../../reporters/blocked.ts'
import { describeSkips } from '../../reporters/describe-skips.ts'
import { assetPath } from '../../system/assets.ts'
import type { Context } from '../context.ts'
import { readRulePath } from '../rule-files.ts'

export function tellBlocked(report: Report, type: HookType, { stderr, env }: Context): void {
  const findings = report.findings.filter(({ state }) => state === 'new')
  const text = describeBlocked(
    { ...report, findings },
    {
      action: type === 'pre-commit' ? 'commit' : 'push',
      isServer: type === 'pre-receive',
      exposes: readExposes(new Set(findings.slice(0, 2).map(({ provider }) => provider))),
      color: stderr.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
      width: 100,
    },
  )
  stderr.write(text)
}

/** A check that saw only a part says so. */
export function tellSkipped({ coverage }: Report, { stderr }: Context): void {
  for (const skip of describeSkips(coverage)) stderr.write(`stanch: not searched: ${skip}\n`)
}

/** What a thief can do with each provider's secrets, from the rule files: the compiled rules do not hold it. */
function readExposes(providers: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>()
  for (const provider of providers) {
    const path = assetPath(`rules/providers/${provider}.toml`)
    // A user's own rule, or one of ours without a provider.
    if (!existsSync(path)) continue
    const [rules] = readRulePath(path)
    if (rules?.file.response) found.set(provider, rules.file.response.exposes)
  }
  return found
}
