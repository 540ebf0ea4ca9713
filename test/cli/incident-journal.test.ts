import { spawn } from 'node:child_process'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { addToJournal, readJournal } from '../../src/commands/incident/journal-file.ts'
import { bundleScript } from '../support/bundle-script.ts'
import { runCli } from '../support/run-cli.ts'
import { writeJournal } from '../support/sample-incident.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

const author = { by: 'ada', now: () => new Date('2026-11-26T04:00:00Z') }
const note = (text: string) => () => [{ type: 'note' as const, text }]

function notesOf(folder: string): string[] {
  return readJournal(folder, 'journal').entries.flatMap(entry =>
    entry.type === 'note' ? entry.text.split(' ', 2).join(' ') : [],
  )
}

/** Starts a writer and kills it after some time; answers with what it was told is written. */
async function writeAndDie(script: string, folder: string, by: string, ms: number): Promise<string[]> {
  const child = spawn(process.execPath, [script, folder, by], { stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  child.stdout.on('data', chunk => {
    told += chunk
  })
  const ended = new Promise(resolve => child.on('close', resolve))
  await new Promise(resolve => child.stdout.once('data', resolve))
  setTimeout(() => child.kill('SIGKILL'), ms)
  await ended
  return told.split('\n').slice(0, -1)
}

test('what was acknowledged survives kill -9, whoever else writes', async () => {
  const folder = makeDirectory({ 'journal.jsonl': writeJournal({}, []) })
  const script = await fileURLToPath(await bundleScript('journal-writer.ts'))
  const told: string[] = []
  for (const round of [1, 2, 3]) {
    const names = ['ada', 'bob', 'eve'].map(name => `${name}${round}`)
    const lists = await Promise.all(
      names.map((name, i) => writeAndDie(script, folder, name, 40 + 53 * i * round)),
    )
    told.push(...lists.flat())
  }
  await addToJournal(folder, 'journal', author, note('after all'))
  const written = notesOf(folder)
  expect(told.length).toBeGreaterThan(9)
  expect(told.filter(text => !written.includes(text))).toEqual([])
  expect(new Set(written).size).toBe(written.length)
  expect(written.at(-1)).toBe('after all')
})

/** Runs a writer that is killed where it makes something last for the n-th time; answers with what it was told is written. */
async function writeUntil(script: string, folder: string, by: string, moment: string): Promise<string[]> {
  const killer = fileURLToPath(new URL('../support/kill-at-sync.cjs', import.meta.url))
  const child = spawn(process.execPath, ['--require', killer, script, folder, by], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, STANCH_KILL_AT: moment },
  })
  let told = ''
  child.stdout.on('data', chunk => {
    told += chunk
  })
  await new Promise(resolve => child.on('close', resolve))
  return told.split('\n').slice(0, -1)
}

test('a kill before or after any write that is to last loses nothing that was acknowledged', async () => {
  const script = await fileURLToPath(await bundleScript('journal-writer.ts'))
  const moments = [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap(n => [`${n}:before`, `${n}:after`])
  const counts = await Promise.all(
    moments.map(async (moment, i) => {
      const folder = makeDirectory({ 'journal.jsonl': writeJournal({}, []) })
      const told = await writeUntil(script, folder, `by${i}`, moment)
      await addToJournal(folder, 'journal', author, note('after all'))
      const written = notesOf(folder)
      expect([moment, told.filter(text => !written.includes(text)), written.at(-1)]).toEqual([
        moment,
        [],
        'after all',
      ])
      // At most the entry that was being written when it died is there without an acknowledgement.
      expect(written.length - 1 - told.length).toBeLessThanOrEqual(1)
      return told.length
    }),
  )
  expect(new Set(counts).size).toBeGreaterThan(2)
}, 60_000)

test('the rest of a write that was cut off is passed over, and makes room for the next entry', async () => {
  const folder = makeDirectory({ 'journal.jsonl': writeJournal({}, []) })
  await addToJournal(folder, 'journal', author, note('one'))
  const whole = readFileSync(join(folder, 'journal.jsonl'), 'utf8')
  for (const length of [1, 40, 200]) {
    const line = whole.split('\n').at(-2) ?? ''
    appendFileSync(join(folder, 'journal.jsonl'), line.slice(0, length))
    expect(notesOf(folder)).toEqual(['one'])
  }
  await addToJournal(folder, 'journal', author, note('two'))
  expect(notesOf(folder)).toEqual(['one', 'two'])
})

test('entries that are gone from the end are missed', async () => {
  const folder = makeDirectory({ 'journal.jsonl': writeJournal({}, []) })
  const before = readFileSync(join(folder, 'journal.jsonl'))
  await addToJournal(folder, 'journal', author, note('one'))
  writeFileSync(join(folder, 'journal.jsonl'), before)
  expect(() => readJournal(folder, 'journal')).toThrow(
    'journal/journal.jsonl cannot be trusted: it has 1 entries and had 2: the end is gone',
  )
  await expect(addToJournal(folder, 'journal', author, note('two'))).rejects.toThrow('the end is gone')
})

test('one journal that was changed does not hide the other incidents', () => {
  const directory = makeDirectory()
  const run = (...args: string[]) =>
    runCli(['incident', ...args], {
      cwd: directory,
      env: { STANCH_NOW: '2026-11-26T03:00:00Z', USER: 'ada' },
    })
  run('start', '--provider', 'stripe', '--quiet')
  run('start', '--provider', 'github', '--quiet')
  const journal = join(directory, '.stanch/incidents/2026-11-26-stripe/journal.jsonl')
  writeFileSync(journal, readFileSync(journal, 'utf8').replace('"by":"ada"', '"by":"eve"'))
  const problem =
    '.stanch/incidents/2026-11-26-stripe/journal.jsonl cannot be trusted: line 1 was changed, moved or put in'
  expect(run('list')).toEqual({
    code: 2,
    stdout: [
      '2026-11-26-github  open    critical, public  20 open, 0 overdue  next: open in 2 min',
      `2026-11-26-stripe  BROKEN                                        ${problem}`,
      '',
    ].join('\n'),
    stderr: '',
  })
  const { incidents } = JSON.parse(run('list', '--format', 'json').stdout)
  expect(incidents[0]).toMatchObject({ id: '2026-11-26-github', state: 'open' })
  expect(incidents[1]).toEqual({ id: '2026-11-26-stripe', state: 'broken', problem })
  expect(run('status', '--incident', 'github').code).toBe(0)

  const warning = `stanch: passed by: ${problem}\n`
  const whole = run('status', '--incident', 'github').stdout
  expect(run('status')).toEqual({ code: 0, stdout: whole, stderr: warning })
  expect(run('next')).toMatchObject({ code: 0, stderr: warning })
  expect(run('done', 'open', '--evidence', 'seen')).toMatchObject({ code: 0 })
  expect(run('status', '--format', 'json').stdout).toContain('"state": "done"')
  const other = join(directory, '.stanch/incidents/2026-11-26-github/journal.jsonl')
  writeFileSync(other, readFileSync(other, 'utf8').replace('"by":"ada"', '"by":"eve"'))
  expect(run('status')).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'stanch: no incident that can be read is open: .stanch/incidents/2026-11-26-github/journal.jsonl cannot be trusted: line 1 was changed, moved or put in\n' +
      '  See "stanch incident list".\n',
  })
})

test('a head that is one behind, as after a crash between the two writes, is no tampering', async () => {
  const folder = makeDirectory({ 'journal.jsonl': writeJournal({}, []) })
  await addToJournal(folder, 'journal', author, note('one'))
  const head = readFileSync(join(folder, 'journal.head'))
  await addToJournal(folder, 'journal', author, note('two'))
  writeFileSync(join(folder, 'journal.head'), head)
  expect(notesOf(folder)).toEqual(['one', 'two'])
})
