/** A process that writes notes into a journal without end, and tells of each when it is on the disk. */
import { addToJournal } from '../../src/commands/incident/journal-file.ts'

const [folder = '', by = ''] = process.argv.slice(2)

for (let i = 0; ; i++) {
  await addToJournal(folder, 'journal', { by, now: () => new Date() }, () => [
    { type: 'note', text: `${by} ${i} ${'x'.repeat(i % 3000)}` },
  ])
  process.stdout.write(`${by} ${i}\n`)
}
