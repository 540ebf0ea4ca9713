import { render } from 'ink-testing-library'
import { expect, test, vi } from 'vitest'
import type { AuditItem, Judgement } from '../../src/tui/audit-state.ts'
import { AuditScreen } from '../../src/tui/screens/audit.tsx'

const items: AuditItem[] = ['one', 'two'].map(name => ({
  fingerprint: `st1:${name}`,
  rule: 'shop-key',
  description: 'Shop key',
  severity: 'critical',
  confidence: 0.98,
  masked: 'q8Zt…(32)…Af6e',
  places: [`src/${name}.ts:2:5`, 'b.ts:1:1'],
  snippet: [
    { number: 1, text: 'const a = 1', isMatch: false },
    { number: 2, text: "key = 'q8Zt…(32)…Af6e'", isMatch: true },
  ],
}))

/** As fast as can be. */
function press(stdin: { write: (text: string) => void }, keys: readonly string[]): void {
  for (const key of keys) stdin.write(key)
}

/** Opens the screen and waits until it listens to keys. */
async function open() {
  const judged: [string, Judgement][] = []
  const screen = render(
    <AuditScreen items={items} onJudge={(name, judgement) => judged.push([name, judgement])} />,
  )
  return {
    ...screen,
    judged,
    frame: () => (screen.lastFrame() ?? '').split('\n').map(line => line.trimEnd()),
  }
}

const keys = 'f false alarm   a accepted, with a reason   r real leak   s skip   b back   q quit'

test('a finding is shown with its place, its lines and the keys', async () => {
  const { frame } = await open()
  expect(frame()).toEqual([
    'stanch baseline audit   1 of 2   0 false, 0 accepted, 0 real',
    '',
    'critical  Shop key  shop-key',
    'q8Zt…(32)…Af6e  98 % sure  st1:one',
    'src/one.ts:2:5 and 1 more',
    '',
    '      1  const a = 1',
    ">     2  key = 'q8Zt…(32)…Af6e'",
    '',
    keys,
  ])
})

test('keys judge, ask for a reason, and lead on to the end', async () => {
  const { stdin, frame, frames, judged } = await open()
  press(stdin, ['f'])
  expect(judged).toEqual([['st1:one', { verdict: 'false' }]])
  await vi.waitFor(() =>
    expect(frame()[0]).toBe('stanch baseline audit   2 of 2   1 false, 0 accepted, 0 real'),
  )
  expect(frame()[4]).toBe('src/two.ts:2:5 and 1 more')
  press(stdin, ['a', 't', 'e', 's', 't'])
  await vi.waitFor(() =>
    expect(frame().at(-1)).toBe('Why is it accepted? test    enter to accept, escape to go back'),
  )
  press(stdin, ['\r'])
  expect(judged.at(-1)).toEqual(['st1:two', { verdict: 'accepted', reason: 'test' }])
  // The screen closes after its last frame, which clears it.
  await vi.waitFor(() =>
    expect(frames.map(text => text.trimEnd())).toContain(
      'stanch baseline audit   done   1 false, 1 accepted, 0 real',
    ),
  )
})

test('back shows the finding before, to judge it again', async () => {
  const { stdin, frame, judged } = await open()
  press(stdin, ['r', 'b', 'f'])
  expect(judged).toEqual([
    ['st1:one', { verdict: 'real' }],
    ['st1:one', { verdict: 'false' }],
  ])
  await vi.waitFor(() =>
    expect(frame()[0]).toBe('stanch baseline audit   2 of 2   1 false, 0 accepted, 0 real'),
  )
})
