import { deadlineOf, dueOf } from '../journal/deadlines.ts'
import { headOf } from '../journal/hash-chain.ts'
import { type Incident, recordOf } from '../journal/incident.ts'
import { type Phase, phases, type Step } from '../plan/plan.ts'
import { describeEntry } from './describe-entry.ts'
import { describeLink, phaseTitles } from './human.ts'
import { figureLines } from './markdown.ts'
import { tellDue, tellTime } from './tell-time.ts'
import { escapeXml, timelineSvg } from './timeline-svg.ts'

/** One file that needs nothing else: no script, no font, no picture from elsewhere. */
export function reportHtml(incident: Incident, disclaimer: string, now: Date): string {
  const { id, plan, isDrill } = incident
  const title = `Incident ${id}: ${plan.provider}${isDrill ? ' (a drill)' : ''}`
  const { seq, hash } = headOf(incident.entries)
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escapeXml(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<header>',
    `<h1>${escapeXml(title)}</h1>`,
    `<p>${plan.severity}, ${plan.exposed}, ${plan.urgency} deadlines · ${incident.isClosed ? 'closed' : 'open'} · as of ${tellTime(now)}</p>`,
    '</header>',
    ...section('Figures', describeFigures(incident)),
    ...section('Timeline', [
      timelineSvg(incident, now),
      '<p class="quiet">Bars end at the deadline, dots tell when it was done. The axis is logarithmic.</p>',
    ]),
    ...section('What leaked', describeSubject(incident)),
    ...section(
      'Steps',
      phases.flatMap(phase => describePhase(incident, phase, now)),
    ),
    ...section('Legal clocks', describeLegal(incident, disclaimer, now)),
    ...section('Journal', describeJournal(incident)),
    `<footer>Entry ${seq} is the last one; its hash proves all before it: <code>${hash}</code></footer>`,
    '</body>',
    '</html>',
  ].join('\n')}\n`
}

function section(title: string, content: readonly string[]): string[] {
  return ['<section>', `<h2>${title}</h2>`, ...content, '</section>']
}

function describeFigures(incident: Incident): string[] {
  return [
    '<dl class="figures">',
    ...figureLines(incident).map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`),
    '</dl>',
  ]
}

function describeSubject({ finding, plan, facts, clocks }: Incident): string[] {
  const rows: [string, string[]][] = [
    [
      'Credential',
      finding ? [`${finding.description} ${finding.masked}`, finding.fingerprint] : [plan.provider],
    ],
    ['What it opens', plan.exposes === undefined ? [] : [plan.exposes]],
    ['Strategy', [`${plan.strategy}: ${plan.strategyReason}`]],
    ['Clocks', Object.entries(clocks).map(([name, { time, source }]) => `${name} ${time} (${source})`)],
    ['Seen at', facts.places],
    ['Refs and tags', [...facts.refs, ...facts.tags.map(tag => `tag ${tag}`)]],
    ['Images', facts.images],
    ['Remotes', facts.remotes],
    ['Warnings', facts.warnings],
  ]
  return [
    '<table class="facts">',
    ...rows.flatMap(([name, values]) =>
      values.length ? [`<tr><th>${name}</th><td>${values.map(escapeXml).join('<br>')}</td></tr>`] : [],
    ),
    '</table>',
  ]
}

function describePhase(incident: Incident, phase: Phase, now: Date): string[] {
  return [
    `<h3>${phaseTitles[phase]}</h3>`,
    '<table><thead><tr><th>Step</th><th>State</th><th>Due</th><th>Evidence</th></tr></thead><tbody>',
    ...incident.plan.steps
      .filter(step => step.phase === phase)
      .map(step => describeStep(incident, step, now)),
    '</tbody></table>',
  ]
}

function describeStep(incident: Incident, step: Step, now: Date): string {
  const { state, doneAt, by = '', reason = '', evidence, files, principal } = recordOf(incident, step.id)
  const due = dueOf(step, incident.clocks)
  const isLate =
    state === 'open' ? due < now : state === 'done' && doneAt !== undefined && new Date(doneAt) > due
  const told = {
    open: due < now ? '<strong>overdue</strong>' : 'open',
    done: `${isLate ? 'done late' : 'done'} ${tellTime(new Date(doneAt ?? 0))} by ${escapeXml(by)}`,
    waived: `waived by ${escapeXml(by)}: ${escapeXml(reason)}`,
  }[state]
  const proof = [
    ...evidence.map(escapeXml),
    ...files.map(({ name, sha256 }) => `${escapeXml(name)} <code>${sha256}</code>`),
    ...(principal === undefined ? [] : [`with ${escapeXml(principal)}`]),
  ]
  const nothing = state === 'done' && step.evidence.length > 0 ? '<em>nothing was recorded</em>' : ''
  return [
    `<tr class="${isLate ? 'late' : state}">`,
    `<td><b>${step.id}</b> <span class="quiet">${step.role}${step.function === undefined ? '' : `, ${step.function}`}</span><br>${escapeXml(step.title)}</td>`,
    `<td>${told}</td>`,
    `<td>${tellTime(due)}${state === 'open' ? `<br>${tellDue(due, now)}` : ''}</td>`,
    `<td>${proof.join('<br>') || nothing}</td></tr>`,
  ].join('')
}

function describeLegal(incident: Incident, disclaimer: string, now: Date): string[] {
  return [
    `<p>${escapeXml(disclaimer)}</p>`,
    '<table><thead><tr><th>Regime</th><th>Notice to</th><th>Clock starts when</th><th>Deadline</th><th>Source</th></tr></thead><tbody>',
    ...incident.plan.legal.map(notice => {
      const deadline = deadlineOf(notice, incident.clocks)
      const within = notice.chain.map(describeLink).join(' and then ')
      const due = deadline ? `${tellTime(deadline)}<br>${tellDue(deadline, now)}` : `within ${within}`
      return `<tr><td>${escapeXml(notice.name)}</td><td>${escapeXml(notice.to)}</td><td>${escapeXml(notice.trigger)}</td><td>${due}</td><td class="quiet">${escapeXml(notice.source)}<br>checked ${notice.checked}</td></tr>`
    }),
    '</tbody></table>',
  ]
}

function describeJournal({ entries }: Incident): string[] {
  return [
    '<table><thead><tr><th>No</th><th>Time</th><th>By</th><th>What</th></tr></thead><tbody>',
    ...entries.map(
      entry =>
        `<tr><td>${entry.seq}</td><td>${entry.at}</td><td>${escapeXml(entry.by)}</td><td>${escapeXml(describeEntry(entry))}</td></tr>`,
    ),
    '</tbody></table>',
  ]
}

/** Dark where the reader's system is; nothing is told by colour alone. */
const style = `
:root{color-scheme:light dark;--ink:#1c1e21;--page:#fff;--line:#d5d9de;--quiet:#5c6570;--good:#1a7f4b;--bad:#c0262d;--wait:#3566a8;--skip:#8a8f98;--bar:#e3e8ee}
@media(prefers-color-scheme:dark){:root{--ink:#e6e8eb;--page:#15171a;--line:#383d44;--quiet:#9aa3ad;--good:#4cc38a;--bad:#ff6369;--wait:#70a7f0;--skip:#8a8f98;--bar:#2a2f36}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);max-width:1040px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .6rem;border-bottom:1px solid var(--line)}h3{font-size:1rem;margin:1.2rem 0 .3rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
td:first-child,.facts th{min-width:7rem}.quiet,footer{color:var(--quiet);font-size:.9em}code{font-size:.85em;overflow-wrap:anywhere}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:.8rem;margin:0}.figures div{border:1px solid var(--line);border-radius:8px;padding:.6rem .9rem}.figures dt{color:var(--quiet);font-size:.85em}.figures dd{margin:0;font-size:1.3rem;font-weight:600}
tr.late td:nth-child(2),tr.open strong{color:var(--bad)}tr.done td:nth-child(2){color:var(--good)}tr.waived td:nth-child(2){color:var(--quiet)}
svg{width:100%;height:auto;font:12px system-ui,sans-serif}svg text{fill:var(--ink)}svg line{stroke:var(--line)}svg rect{fill:var(--bar)}
svg .axis text{fill:var(--quiet)}svg .now line{stroke:var(--wait)}svg .now text{fill:var(--wait)}svg .clock line{stroke:var(--good);stroke-dasharray:4 3}svg .clock text{fill:var(--good)}
svg .done circle{fill:var(--good)}svg .late circle,svg .late rect{fill:var(--bad)}svg .late rect{opacity:.35}svg .waived circle{fill:none;stroke:var(--skip);stroke-width:2}svg .legal rect{fill:var(--wait);opacity:.4}
@media print{body{margin:0;max-width:none}tr{break-inside:avoid}}
`
