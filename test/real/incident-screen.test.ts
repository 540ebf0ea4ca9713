import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTerminal } from '../support/open-terminal.ts'
import { runCli } from '../support/run-cli.ts'
import { makeDirectory, makeRepository } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const env = { STANCH_NOW: '2026-11-26T03:04:30Z' }

function startIncident(): string {
  const directory = makeDirectory()
  const { code } = runCli(
    ['incident', 'start', '--provider', 'stripe', '--exposed', 'public', '--at', '2026-11-26T03:00:00Z'],
    { cwd: directory, env },
  )
  expect(code).toBe(0)
  return directory
}

const resume = `echo before\nSTANCH_NOW=${env.STANCH_NOW} NO_COLOR=1 stanch incident resume --by ada`

test('80 × 24 without colour: countdowns, overdue marks, what to do now', async () => {
  const terminal = openTerminal(startIncident(), resume)
  await terminal.waitFor('NOW')
  expect(terminal.frame()).toEqual([
    '2026-11-26-stripe  critical, public, cut-first  stripe',
    '5m 0/5 OVERDUE 2 min  1h 0/6 in 55 min  24h 0/7 in 23 h  ongoing 0/2 in 29 d',
    '',
    ' NOW  open   OVERDUE 2 min 30 s   responder',
    'Open the incident: what is it, whose is it, where was it seen',
    'Name the type, the owner and the places. Compare with the list of trap keys',
    '(honeytokens) before anything is asked of the provider: a probe sets off the',
    'alarm.',
    'Record: type and owner of the credential; fingerprint, never the value; places;',
    'who found it and when; checked against the list of trap keys',
    '',
    '',
    '',
    '> ! 5m      open            responder OVERDUE 2 min 30 s',
    '  ! 5m      snapshot        scribe    OVERDUE 1 min 30 s',
    '  ! 5m      strategy        commander OVERDUE 30 s',
    '  · 5m      contain         responder in 30 s',
    '  · 1h      replace         owner     in 55 min 30 s',
    '  · 5m      verify-dead     responder in 30 s',
    '  · 24h     delete          owner     in 23 h 55 min',
    '',
    'd done   w waive   n note   c copy   r role   ↑↓ step   g now   ? help   q quit',
    '',
    '',
    '',
  ])
})

test('keys write evidence down, copy commands, filter by role; leaving restores the terminal', async () => {
  const directory = startIncident()
  const terminal = openTerminal(directory, resume)
  await terminal.waitFor('NOW {2}open')
  terminal.press('d')
  await terminal.waitFor('What proves it')
  terminal.type('Stripe, of the shop')
  terminal.press('Enter')
  await terminal.waitFor('open is done\\.')
  await terminal.waitFor('NOW {2}snapshot')
  terminal.press('c')
  await terminal.waitFor('Copied\\.')
  expect(terminal.clipboard()).toContain('https://api.stripe.com/v1/balance')
  terminal.press('?')
  await terminal.waitFor('stanch incident: keys')
  terminal.press('x', 'r')
  await terminal.waitFor('only responder')
  // Somebody else writes; the screen sees it.
  runCli(['incident', 'done', 'snapshot', '--by', 'bob'], { cwd: directory, env })
  terminal.press('r', 'r', 'r', 'r', 'r', 'r')
  await terminal.waitFor('NOW {2}strategy')
  terminal.press('q')
  await terminal.waitFor('ended with 0')
  expect(terminal.frame().slice(0, 3)).toEqual(['before', 'ended with 0', ''])
  const { stdout } = runCli(['incident', 'report', '--format', 'json'], { cwd: directory, env })
  const done = JSON.parse(stdout).entries.filter(({ type }: { type: string }) => type === 'done')
  expect(done.map(({ step, by, evidence }: Record<string, string>) => [step, by, evidence])).toEqual([
    ['open', 'ada', 'Stripe, of the shop'],
    ['snapshot', 'bob', undefined],
  ])
})

test.each([
  ['control-c', (terminal: ReturnType<typeof openTerminal>) => terminal.press('C-c')],
  ['a signal', (terminal: ReturnType<typeof openTerminal>) => terminal.signal('TERM')],
])('%s restores the terminal', async (_name, end) => {
  const terminal = openTerminal(startIncident(), resume)
  await terminal.waitFor('NOW')
  end(terminal)
  await terminal.waitFor('ended with')
  expect(terminal.frame()[0]).toBe('before')
  terminal.type('typed')
  await terminal.waitFor('typed')
})

test('a drill goes from a finding to the closed report by keyboard alone', async () => {
  const directory = makeRepository({ 'pay.ts': `const key = '${makeToken(12)}'\n` })
  writeFileSync(join(directory, 'evidence.txt'), 'all is well\n')
  const terminal = openTerminal(
    directory,
    'stanch scan --format json . > report.json; stanch incident start --finding report.json --exposed public > /dev/null; stanch incident resume',
  )
  const started = Date.now()
  await terminal.waitFor('NOW {2}open')
  const { stdout } = runCli(['incident', 'status', '--format', 'json'], { cwd: directory })
  const count = JSON.parse(stdout).steps.length
  for (let step = 0; step < count; step++) {
    terminal.press('d')
    await terminal.waitFor('What proves it')
    terminal.type('@evidence.txt')
    terminal.press('Enter')
    await terminal.waitFor(step === count - 1 ? 'Closed' : /is done\./)
    terminal.press('g')
  }
  terminal.press('q')
  await terminal.waitFor('ended with 0')
  const html = runCli(['incident', 'report', '--incident', 'stripe', '--format', 'html'], { cwd: directory })
  expect(html.stdout).toContain('· closed ·')
  expect(Date.now() - started).toBeLessThan(5 * 60_000)
}, 300_000)
