import { readFileSync } from 'node:fs'
import type { Matched } from './match-rows.ts'
export function printErrorBook(
  root: string,
  matched: Matched,
  judged: Map<string, { value: string; name: string; p: number }[]>,
  n: number,
) {
  const { found, missed, false: wrong } = matched
  console.log(found.length, missed.length, wrong.length)
  const lines = new Map<string, string[]>()
  const line = (p: string, l: number) => {
    if (!lines.has(p)) lines.set(p, readFileSync(root + '/' + p, 'utf8').split('\n'))
    return lines.get(p)![l - 1]?.slice(0, 1e6)
  }
  if (!n) return
  const causes = new Map<string, number>()
  for (const m of missed) {
    const t = line(m.path, m.firstLine) ?? ''
    const v = t.slice(m.start, m.end)
    const j = (judged.get(m.path) ?? []).find(
      c => v && c.value && (c.value === v || v.includes(c.value) || c.value.includes(v)),
    )
    const c = causes
    const cause = j ? 'low' : 'none'
    c.set(m.category + ' ' + cause, (c.get(m.category + ' ' + cause) ?? 0) + 1)
    console.log(
      [
        'MISS',
        j ? `low ${j.p.toFixed(2)} ${j.name}` : 'none',
        m.category,
        m.path + ':' + m.firstLine,
        t.slice(Math.max(0, m.start - 90), Math.max(m.end, m.start) + 30).trim(),
        '<<<' + t.slice(m.start, m.end) + '>>>',
      ].join('\t'),
    )
  }
  for (const { finding: f, row } of wrong) {
    const t = line(f.path, f.line) ?? ''
    console.log(
      [
        'FALSE',
        row?.truth ?? '-',
        f.rule,
        f.confidence?.toFixed(2),
        f.path + ':' + f.line,
        t.slice(Math.max(0, (f.start ?? 0) - 90), (f.end ?? 0) + 30).trim(),
        '<<<' + t.slice(f.start, f.end) + '>>>',
      ].join('\t'),
    )
  }
  console.log(
    'CAUSES',
    [...causes].sort((a, b) => b[1] - a[1]),
  )
}
