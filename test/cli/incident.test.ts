import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addToJournal } from '../../src/commands/incident/journal-file.ts'
import { runCli } from '../support/run-cli.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const token = makeToken(11)
const now = '2026-11-26T03:00:00.000Z'

function incident(cwd: string, args: readonly string[], at = now) {
  return runCli(['incident', ...args], { cwd, env: { STANCH_NOW: at, USER: 'ada' } })
}

function json(cwd: string, args: readonly string[], at = now) {
  const { code, stdout, stderr } = incident(cwd, [...args, '--format', 'json'], at)
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout)
}

/** A repository with a key in its history, in a tag and in a .env file. */
function makeLeak(): string {
  const directory = makeRepository({ 'src/pay.ts': `const key = '${token}'\n`, '.gitignore': '.env\n' })
  const date = { GIT_AUTHOR_DATE: '2026-11-20T00:00:00Z', GIT_COMMITTER_DATE: '2026-11-20T00:00:00Z' }
  Object.assign(process.env, date)
  git(directory, 'add', '.')
  git(directory, 'commit', '-qm', 'Pay')
  for (const name of Object.keys(date)) delete process.env[name]
  git(directory, 'tag', 'v1')
  writeFileSync(join(directory, '.env'), `STRIPE_KEY=${token}\n`)
  return directory
}

function everyText(directory: string): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
}

test('plan prints the contract and stores nothing', () => {
  const directory = makeDirectory()
  const plan = json(directory, [
    'plan',
    '--provider',
    'stripe',
    '--exposed',
    'public',
    '--at',
    '2026-11-26T02:50:00Z',
  ])
  expect([plan.schema, plan.provider, plan.strategy]).toEqual(['stanch.incident/1', 'stripe', 'cut-first'])
  expect(plan.clocks.detection).toBe('2026-11-26T02:50:00.000Z')
  expect(plan.steps).toHaveLength(20)
  const contain = plan.steps.find(({ id }: { id: string }) => id === 'contain')
  expect(contain).toMatchObject({
    phase: '5m',
    due: '2026-11-26T02:55:00.000Z',
    role: 'responder',
    needs: ['snapshot', 'strategy'],
    class: 'owner',
  })
  expect(plan.legal[0]).toMatchObject({ regime: 'gdpr', deadline: null, within: 'PT72H' })
  expect(readdirSync(directory)).toEqual([])
})

test('a finding becomes an incident that knows where it was seen, and holds no value', () => {
  const directory = makeLeak()
  const scan = runCli(['scan', '--format', 'json', '--output', 'json:../report.json', '.'], {
    cwd: directory,
  })
  expect(scan.code).toBe(1)
  const status = json(directory, ['start', '--finding', '../report.json', '--exposed', 'public'])
  expect(status.id).toBe('2026-11-26-stripe')
  expect(status.clocks).toEqual({
    exposure: '2026-11-20T00:00:00.000Z',
    detection: now,
    response: now,
  })
  expect(status.facts).toMatchObject({
    refs: ['refs/heads/main'],
    tags: ['v1'],
    envFiles: ['.env'],
    firstCommit: { author: 'Ada Test <ada@test.invalid>', path: 'src/pay.ts' },
  })
  const told = incident(directory, ['done', 'open', '--evidence', `the key ${token} of ada`])
  expect(told).toEqual({
    code: 0,
    stdout:
      'open is done. Next: snapshot  Take down what will be gone later: scopes, last use, expiry, key id, visibility, forks\n',
    stderr: 'stanch: 1 secret was masked in what you handed in\n',
  })
  expect(everyText(join(directory, '.stanch'))).not.toContain(token.slice(8, -4))
})

test('images and copies of .env files are part of the exposure, wherever the finding was reported', () => {
  const directory = makeLeak()
  writeFiles(directory, { 'old/.env.bak': `STRIPE_KEY=${token}\n`, Dockerfile: 'FROM scratch\nCOPY . /\n' })
  const history = runCli(['scan', '--history', '--format', 'json', '.'], { cwd: directory })
  writeFiles(directory, { 'history.json': history.stdout })
  const [finding] = JSON.parse(history.stdout).findings
  const layer = { kind: 'layer', image: 'shop:1.2', layer: `sha256:${'a'.repeat(64)}`, diffId: 'sha256:b' }
  const places = [
    { ...layer, path: 'app/.env', deletedLater: true, line: 1, column: 12 },
    { kind: 'image-config', image: 'shop:1.2', field: 'Env[2]' },
  ]
  const other = {
    ...finding,
    fingerprint: `st1:${'0'.repeat(20)}`,
    places: [{ ...places[1], image: 'other' }],
  }
  writeFiles(directory, { 'image.json': JSON.stringify({ findings: [{ ...finding, places }, other] }) })
  const facts = (...args: string[]) => json(directory, ['plan', ...args]).facts

  const known = facts('--finding', 'history.json', '--seen', 'image.json')
  expect(known).toMatchObject({ images: ['shop:1.2'], tags: ['v1'] })
  expect(known.envFiles.sort()).toEqual(['.env', 'old/.env.bak', 'shop:1.2: app/.env'])

  const ofImage = facts('--finding', `image.json#${finding.fingerprint}`)
  expect(ofImage).toMatchObject({ images: ['shop:1.2'], tags: ['v1'], refs: ['refs/heads/main'] })
  expect(ofImage.envFiles.sort()).toEqual(['.env', 'old/.env.bak', 'shop:1.2: app/.env'])
  expect(facts('--finding', `image.json#${finding.fingerprint}`, '--no-history').envFiles).toEqual([
    'shop:1.2: app/.env',
  ])
  expect(incident(directory, ['start', '--provider', 'stripe', '--seen', 'image.json']).stderr).toBe(
    'stanch: --seen looks for a finding\n  Name it with --finding.\n',
  )
})

test('a fingerprint is looked for in the history', () => {
  const directory = makeLeak()
  const { findings } = JSON.parse(runCli(['scan', '--format', 'json', '.'], { cwd: directory }).stdout)
  const status = json(directory, ['start', '--finding', findings[0].fingerprint])
  expect(status.facts.places).toHaveLength(3)
  expect(incident(directory, ['start', '--finding', `st1:${'0'.repeat(20)}`])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`no finding st1:${'0'.repeat(20)} is in this project`),
  })
})

test('steps are done in their order, waived with a reason, and end in a closed report', async () => {
  const directory = makeDirectory()
  incident(directory, ['start', '--provider', 'stripe', '--strategy', 'concurrent'])
  expect(incident(directory, ['done', 'contain'])).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'stanch: step "contain" needs "snapshot", "strategy" first\n' +
      '  Do it: stanch incident done snapshot, or say why not: stanch incident waive snapshot --reason TEXT.\n',
  })
  const { steps } = json(directory, ['plan', '--provider', 'stripe', '--strategy', 'concurrent'])
  const ids: string[] = steps.map(({ id }: { id: string }) => id).filter((id: string) => id !== 'close')
  expect(incident(directory, ['close']).stderr).toContain('19 steps are open')
  const folder = join(directory, '.stanch/incidents/2026-11-26-stripe')
  expect(incident(directory, ['done', 'open', '--evidence', 'e0', '--by', 'bob']).code).toBe(0)
  expect(incident(directory, ['waive', 'purge', '--reason', 'a test']).code).toBe(0)
  const rest = ids.filter(id => id !== 'open' && id !== 'purge')
  await addToJournal(folder, 'journal', { by: 'bob', now: () => new Date(now) }, () =>
    rest.map(step => {
      const minutes = ids.indexOf(step)
      const doneAt = new Date(Date.parse(now) + minutes * 60_000).toISOString()
      return { type: 'done', step, doneAt }
    }),
  )
  const end = '2026-11-26T04:00:00.000Z'
  expect(incident(directory, ['close'], end).stdout).toBe('Incident 2026-11-26-stripe is closed.\n')
  expect(incident(directory, ['note', 'more'], end).stderr).toBe(
    'stanch: no incident is open\n  Name a closed one with --incident: 2026-11-26-stripe.\n',
  )
  const report = json(directory, ['report', '--incident', 'stripe'], end)
  expect(report.state).toBe('closed')
  expect(report.figures).toEqual({
    dwellSeconds: null,
    timeToRevokeSeconds: 240,
    timeToVerifiedDeadSeconds: 300,
    exposureSeconds: null,
  })
  expect(report.entries).toHaveLength(22)
  expect(report.steps[0]).toMatchObject({
    id: 'open',
    state: 'done',
    doneAt: now,
    by: 'bob',
    recorded: ['e0'],
  })
}, 60_000)

test('several incidents at once are told apart', () => {
  const directory = makeDirectory()
  incident(directory, ['start', '--provider', 'stripe'])
  incident(directory, ['start', '--provider', 'github', '--parent', 'stripe'])
  expect(incident(directory, ['status']).stderr).toBe(
    'stanch: 2 incidents are open\n  Name one with --incident: 2026-11-26-github, 2026-11-26-stripe.\n',
  )
  const { incidents } = json(directory, ['list'])
  expect(
    incidents.map(({ id, parent, children }: Record<string, unknown>) => [id, parent, children]),
  ).toEqual([
    ['2026-11-26-github', '2026-11-26-stripe', undefined],
    ['2026-11-26-stripe', undefined, ['2026-11-26-github']],
  ])
  expect(json(directory, ['next', '--incident', 'github']).provider).toBe('github')
})

test('a clock of a law gives its deadlines', () => {
  const directory = makeDirectory()
  incident(directory, ['start', '--provider', 'stripe'])
  expect(incident(directory, ['clock', 'gdpr', '1h']).stdout).toBe(
    'Clock gdpr: 2026-11-26T02:00:00.000Z\n  supervisory authority, unless a risk is unlikely: 2026-11-29T02:00:00.000Z, in 2 d 23 h\n',
  )
  const { legal } = json(directory, ['legal'])
  expect(legal[0]).toMatchObject({ regime: 'gdpr', deadline: '2026-11-29T02:00:00.000Z' })
  expect(incident(directory, ['clock', 'gdrp', 'now']).stderr).toContain('Did you mean gdpr?')
  expect(incident(directory, ['clock', 'gdpr', 'soon']).stderr).toContain('"soon" is no time')
})

test('new facts change the deadlines and the strategy', () => {
  const directory = makeDirectory()
  incident(directory, ['start', '--provider', 'stripe', '--exposed', 'private'])
  expect(incident(directory, ['assess', '--abused', '--reason', 'charges seen']).stdout).toMatch(
    /^critical, private: immediate deadlines, strategy cut-first/,
  )
  const status = json(directory, ['status'])
  expect(status.steps.find(({ id }: { id: string }) => id === 'contain').due).toBe('2026-11-26T03:05:00.000Z')
})

test('a journal that was changed is refused', () => {
  const directory = makeDirectory()
  incident(directory, ['start', '--provider', 'stripe'])
  const path = join(directory, '.stanch/incidents/2026-11-26-stripe/journal.jsonl')
  writeFileSync(path, readFileSync(path, 'utf8').replace('"critical"', '"low"'))
  expect(incident(directory, ['status'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('journal.jsonl cannot be trusted: line 1 was changed, moved or put in'),
  })
})

test('a file of evidence is kept without its secrets, and known by its hash', () => {
  const directory = makeDirectory({ 'answer.json': `{"key": "${token}"}\n` })
  incident(directory, ['start', '--provider', 'stripe'])
  const told = incident(directory, ['done', 'open', '--evidence', '@answer.json'])
  expect(told.stderr).toBe('stanch: 1 secret was masked in what you handed in\n')
  const { steps } = json(directory, ['status'])
  expect(steps[0].files).toEqual([
    {
      name: 'answer.json',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      bytes: 44,
      copy: expect.any(String),
      masked: 1,
    },
  ])
  expect(everyText(join(directory, '.stanch'))).not.toContain(token.slice(8, -4))
})

test.each([
  [['start'], 'what leaked?'],
  [['start', '--provider', 'strype'], 'Did you mean stripe?'],
  [['start', '--finding', 'none.json'], 'there is no report "none.json"'],
  [['status'], 'no incident is open'],
  [['waive', 'purge'], "required option '--reason <text>' not specified"],
])('%j ends with 2 and says %j', (args, message) => {
  const { code, stdout, stderr } = incident(makeDirectory(), args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(message)
})

test('traps are told before any probe: your own list, known ones, and whose AWS account it is', () => {
  const keyId = ['AKIA', 'AYLPMN5H', 'DWERTYUI'].join('')
  const directory = makeDirectory({ 'keys.txt': `aws_access_key_id = ${keyId}\n` })
  const { findings } = JSON.parse(runCli(['scan', '--format', 'json', '.'], { cwd: directory }).stdout)
  writeFiles(directory, { '.stanch/honeytokens': `${findings[0].fingerprint}  # planted by eve\n` })
  const { facts } = json(directory, ['start', '--finding', findings[0].fingerprint])
  expect(facts.warnings).toEqual([
    'This is a trap key (052310077262): canarytokens.org: the account that its AWS keys belong to. Do not probe it.',
    `This is a trap key (${findings[0].fingerprint}): planted by eve. Do not probe it.`,
    'The key id is of AWS account 052310077262: is that yours?',
  ])
})

test('a checklist never hands a value on as an argument', () => {
  const { steps } = json(makeDirectory(), ['plan', '--provider', 'aws'])
  const commands = steps.flatMap(({ commands }: { commands: string[] }) => commands)
  expect(commands).toContain(
    'aws iam update-access-key --access-key-id $KEY_ID --status Inactive --user-name $IAM_USER   # (reversible)',
  )
  expect(commands.filter((command: string) => /\$(?:SECRET|TOKEN|PASSWORD|VALUE)\b/.test(command))).toEqual(
    [],
  )
})
