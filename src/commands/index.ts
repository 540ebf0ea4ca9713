import type { CommandEntry } from './context.ts'

/** Every command, alphabetical. To add one: a folder with `define`, a line here, a test. */
export const commands = {
  baseline: { summary: 'accept what is there, report what comes', load: () => import('./baseline/index.ts') },
  complete: {
    summary: 'answers a shell',
    isHidden: true,
    load: () => import('./complete/index.ts'),
  },
  completion: { summary: 'completion for your shell', load: () => import('./completion/index.ts') },
  env: { summary: 'find stale and exposed .env files', load: () => import('./env/index.ts') },
  hook: { summary: 'check before a commit or a push', load: () => import('./hook/index.ts') },
  incident: { summary: 'respond to a leak, step by step', load: () => import('./incident/index.ts') },
  migrate: { summary: 'move a .env file into a vault', load: () => import('./migrate/index.ts') },
  rules: { summary: 'list, show and check the rules', load: () => import('./rules/index.ts') },
  run: { summary: 'start a command with secrets', load: () => import('./run/index.ts'), startsCommand: true },
  scan: { summary: 'find leaked secrets', load: () => import('./scan/index.ts') },
  template: {
    summary: 'what a command is given, as text with references',
    load: () => import('./template/index.ts'),
  },
  vault: { summary: 'read and write stores of secrets', load: () => import('./vault/index.ts') },
} satisfies Record<string, CommandEntry>
