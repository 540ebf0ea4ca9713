import { expect, test } from 'vitest'
import { findReaders } from '../../src/commands/migrate/find-readers.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

test('what starts programs with the file is found, and what only has a like name is not', () => {
  const root = makeDirectory({
    'package.json': '{ "scripts": { "start": "node --env-file=.env ." } }',
    'docker-compose.yml': 'services: { web: { env_file: [./.env] } }',
    'compose.prod.yaml': 'services: { web: { env_file: .env.production } }',
    Makefile: '# .env is read elsewhere\nrun:\n\tnode .\n',
    'start.sh': 'set -a; . "$DIR/.env"\n',
    'shop.service': '[Service]\nEnvironmentFile=/srv/shop/.env\n',
    'copy.sh': 'cp .env.example .env.local; echo process.env\n',
    '.gitignore': '.env\n',
    '.direnv.sh': '. .env\n',
    '.github/workflows/deploy.yml': '      - run: cp .env dist/\n',
  })
  expect(findReaders('.env', root)).toEqual([
    'docker-compose.yml',
    'package.json',
    'shop.service',
    'start.sh',
    '.github/workflows/deploy.yml',
  ])
  expect(findReaders('.env.production', root)).toEqual(['compose.prod.yaml'])
})
