import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { codeBlocks } from '../support/code-blocks.ts'
import { runCli } from '../support/run-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

const page = readFileSync(fileURLToPath(new URL('../../docs/run.md', import.meta.url)), 'utf8')

test('docs/run.md names every option of run', () => {
  const options = runCli(['run', '--help']).stdout.match(/--[a-z-]+(?=[ ,])/g) ?? []
  const own = [...new Set(options)].filter(name => name !== '--help')
  expect(own.length).toBeGreaterThan(12)
  expect(own.filter(name => !page.includes(name))).toEqual([])
})

test('the template of docs/templates.md is read as the page says', () => {
  const [template = ''] = codeBlocks('templates.md', 'sh')
  const cwd = makeDirectory({
    'env/production.env': template,
    '.stanch.toml': ['ssm', 'vault', 'secretsmanager']
      .map(name => `[vaults.${name}]\ntype = "file"\n`)
      .join(''),
    'secrets/DB_PASSWORD': 'p',
    'secrets/DB_USER': 'u',
    'secrets/cache#password': 'c',
  })
  const command = ['--stage', 'production', '--no-inherit', '--except', 'SIGNING_KEY', '--']
  const { stdout, stderr } = runCli(
    ['run', ...command, process.execPath, '-e', 'console.log(JSON.stringify(process.env))'],
    { cwd },
  )
  expect({ stderr, ...JSON.parse(stdout || '{}') }).toEqual({
    stderr: '',
    PORT: '8080',
    DB_PASSWORD: 'p',
    DATABASE_URL: 'postgres://u:p@db/shop',
    CACHE_PASSWORD: 'c',
    GREETING: 'a {brace}',
  })
})
