import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'

test('what a rule looks for in names is told in words', () => {
  const { stdout } = runCli(['rules', 'show', 'generic-password'])
  expect(stdout.split('\n')[3]).toBe(
    'assignment: a key with pass or pwd at the end of a word or password or passwd or passwort or passphrase or contrasena or mot_de_passe, and a value that looks like a secret',
  )
  const rules: { id: string; keywords: string[] }[] = JSON.parse(
    runCli(['rules', 'list', '--format', 'json']).stdout,
  )
  expect(rules.find(({ id }) => id === 'discord-bot-token')?.keywords).toEqual([
    'discord',
    'token',
    'login',
    'bot',
  ])
})
