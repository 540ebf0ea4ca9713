/** What a person sees whose commit or push was stopped: where, what, why it matters, what to do; at most fifteen lines. */
import { Chalk } from 'chalk'
import type { Finding, Report } from '../model.ts'
import { describePlace } from './describe-place.ts'
import { printable } from './printable.ts'

export interface BlockedOptions {
  /** What was stopped. */
  action: 'commit' | 'push'
  /** Whether the receiver of a push, not its sender, says so. */
  isServer: boolean
  /** What a thief can do, by provider. */
  exposes: ReadonlyMap<string, string>
  color: boolean
  /** Longest line of prose. */
  width: number
}

const MAX_SHOWN = 2

export function describeBlocked({ findings }: Report, options: BlockedOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 })
  const shown = findings.slice(0, MAX_SHOWN)
  const more = findings.length - shown.length
  const count = findings.length === 1 ? 'a secret' : `${findings.length} secrets`
  return [
    paint.red.bold(`stanch: this ${options.action} was stopped, it would leak ${count}`),
    ...shown.flatMap(finding => describeFinding(finding, options, paint)),
    ...(more > 0
      ? [
          `  and ${more} more: ${options.action === 'commit' ? 'stanch scan --staged' : 'stanch scan --history'}`,
        ]
      : []),
    '',
    ...nextSteps(findings, options, paint),
    '',
  ].join('\n')
}

function describeFinding(
  { severity, description, rule, places, secret, provider, fingerprint }: Finding,
  { exposes, width }: BlockedOptions,
  paint: InstanceType<typeof Chalk>,
): string[] {
  const [first] = places
  const others = places.length > 1 ? ` and ${places.length - 1} more` : ''
  const why = exposes.get(provider)
  return [
    `  ${paint.cyan(first ? describePlace(first) : '')}${others}`,
    `    ${severity}: ${printable(description || rule)} ${printable(secret.masked)}  ${paint.dim(fingerprint)}`,
    ...(why ? [`    ${paint.dim(shorten(printable(why), width - 4))}`] : []),
  ]
}

function nextSteps(
  findings: readonly Finding[],
  { action, isServer }: BlockedOptions,
  paint: InstanceType<typeof Chalk>,
): string[] {
  const respond = `stanch rules show ${findings[0]?.rule ?? ''}`
  const again = action === 'commit' ? 'git add it again' : 'amend or rebase the commit'
  return [
    `1. ${paint.bold('Take it out')}: read the value from the environment or a vault, then ${again}.`,
    `2. ${paint.bold('No secret?')} Say so on its line:  stanch:allow -- why   (or in .stanchignore by st1:…)`,
    `3. ${paint.bold('Already pushed or shared?')} Then it is leaked: revoke it first, as said in:  ${respond}`,
    ...(isServer ? [] : [paint.dim(`To skip the check once: git ${action} --no-verify`)]),
  ]
}

function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`
}
