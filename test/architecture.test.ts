import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const src = fileURLToPath(new URL('../src/', import.meta.url))

/** What everybody may import: the words, the errors, the plain data. */
const ground = [
  'aws-account.ts',
  'browser-prefixes.ts',
  'documented-keys.ts',
  'model.ts',
  'errors.ts',
  'program.ts',
  'coverage.ts',
  'entropy.ts',
  'group-by.ts',
  'letter-pairs.ts',
  'look-alikes.ts',
]
const low = ['kernel', 'git', 'oci', 'system', 'regex', 'settings', 'archive', 'encoding']
const features = [
  'classification',
  'dotenv',
  'engine',
  'findings',
  'hooks',
  'hygiene',
  'incident',
  'launch',
  'migration',
  'reporters',
  'rules',
  'sources',
  'templates',
  'tui',
  'vaults',
]

/** Room → rooms that it may import, besides itself and the ground. */
const allowed: Record<string, readonly string[]> = {
  'cli.ts': ['commands', 'run-code.ts', 'system'],
  'main.ts': ['commands', 'settings', 'version.ts'],
  'run-code.ts': ['commands'],
  'hook.ts': ['commands', 'hook-code.ts', 'system'],
  'hook-code.ts': ['commands'],
  'index.ts': ['commands', 'vaults'],
  'scan-worker.ts': ['commands', 'system'],
  'history-worker.ts': ['commands', 'system'],
  'purge-worker.ts': ['commands', 'system'],
  commands: [...features, ...low, 'version.ts'],
  ...Object.fromEntries(features.map(feature => [feature, low])),
  git: ['system', 'kernel'],
  oci: ['archive', 'system'],
  archive: ['system'],
  encoding: [],
  kernel: [],
  regex: [],
  settings: [],
  system: [],
  'version.ts': [],
  'model.ts': [],
  'errors.ts': [],
  'aws-account.ts': [],
  'browser-prefixes.ts': [],
  'documented-keys.ts': [],
  'entropy.ts': [],
  'letter-pairs.ts': [],
  'look-alikes.ts': [],
  'group-by.ts': [],
  'program.ts': ['model.ts'],
  'coverage.ts': ['model.ts'],
}

/** Folders that touch no files, processes, network or clock. */
const pure = [
  'classification',
  'dotenv',
  'encoding',
  'engine',
  'findings',
  'hooks',
  'hygiene',
  'incident',
  'migration',
  'regex',
  'reporters',
  'rules',
  'templates',
]
const effects = /^node:(?:fs|child_process|net|http|https|dns|tls|os|worker_threads|readline|timers)/

test('imports follow the arrows of docs/architecture.md', () => {
  expect(sourceFiles().flatMap(wrongArrows)).toEqual([])
})

test('pure folders use no fs, process, network or clock', () => {
  const wrong = sourceFiles()
    .filter(file => pure.includes(roomOf(file)))
    .flatMap(file => {
      const text = readFileSync(join(src, file), 'utf8')
      const modules = importsOf(text).filter(name => effects.test(name))
      const globals =
        /\b(?:process\.|Date\.now|new Date\(\)|performance\.|setTimeout|setInterval|fetch\()/.exec(text)
      return [...modules, ...(globals ? [globals[0]] : [])].map(name => `${file} uses ${name}`)
    })
  expect(wrong).toEqual([])
})

test('no folder is a drawer', () => {
  const drawers = sourceFiles().filter(file =>
    /(?:^|\/)(?:utils?|helpers?|common|misc|lib)(?:\/|\.ts$)/.test(file),
  )
  expect(drawers).toEqual([])
})

function wrongArrows(file: string): string[] {
  const room = roomOf(file)
  const may = allowed[room]
  if (!may) return [`${file}: the room ${room} is not in the table`]
  return importsOf(readFileSync(join(src, file), 'utf8'))
    .filter(name => name.startsWith('.'))
    .map(name => relative(src, join(src, dirname(file), name)))
    .filter(target => {
      const to = roomOf(target)
      return to !== room && !ground.includes(to) && !may.includes(to)
    })
    .map(target => `${file} → ${target}`)
}

function importsOf(text: string): string[] {
  return [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:\n[^'"\n;]*?)*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
    ),
  ].map(found => found[1] ?? found[2] ?? '')
}

function roomOf(file: string): string {
  return file.split('/')[0] ?? file
}

function sourceFiles(): string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file) && !file.includes('assembly/'))
    .sort()
}
