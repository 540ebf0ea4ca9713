import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { HomeFact, ProjectFacts } from '../../../hygiene/facts.ts'
import { exposedFiles } from '../../../hygiene/problem.ts'
import { readSmall } from './list-below.ts'

interface Agent {
  name: string
  /** What shows that it is used, in the tree and in the home directory. */
  inTree: RegExp
  inHome: readonly string[]
  /** Whether something that the agent obeys keeps env files from it. */
  isBarred(facts: ProjectFacts, home: string): boolean
  /** Where the bar belongs. */
  file: string
  fix: string
}

const agents: readonly Agent[] = [
  {
    name: 'Claude Code',
    inTree: /(?:^|\/)(?:\.claude\/|CLAUDE\.md$)/,
    inHome: ['.claude'],
    isBarred: ({ texts }, home) =>
      [...settingsOf(texts), readSmall(join(home, '.claude/settings.json')) ?? ''].some(deniesEnv),
    file: '.claude/settings.json',
    fix: 'Deny it in .claude/settings.json: "permissions": { "deny": ["Read(./.env)", "Read(./.env.*)"] }. An ignore file does not keep it out.',
  },
  {
    name: 'Cursor',
    inTree: /(?:^|\/)(?:\.cursor\/|\.cursorrules$)/,
    inHome: ['.cursor'],
    isBarred: ({ texts }) => namesEnv(texts.get('.cursorignore')),
    file: '.cursorignore',
    fix: 'Add the lines .env and .env.* to .cursorignore.',
  },
  {
    name: 'Gemini CLI',
    inTree: /(?:^|\/)(?:\.gemini\/|GEMINI\.md$)/,
    inHome: ['.gemini'],
    // It leaves out what git ignores.
    isBarred: facts =>
      namesEnv(facts.texts.get('.geminiignore')) ||
      exposedFiles(facts).every(({ ignored }) => ignored !== 'no'),
    file: '.geminiignore',
    fix: 'Add the lines .env and .env.* to .geminiignore.',
  },
]

/** Agents in use that nothing keeps from the project's env files. */
export function findUnguardedAgents(home: string, facts: ProjectFacts): HomeFact[] {
  const paths = [...facts.paths]
  return agents
    .filter(
      ({ inTree, inHome }) =>
        paths.some(path => inTree.test(path)) || inHome.some(name => existsSync(join(home, name))),
    )
    .filter(({ isBarred }) => !isBarred(facts, home))
    .map(({ name, file, fix }) => ({
      rule: 'ai-agent',
      path: file,
      message: `nothing keeps ${name} from reading env files here`,
      fix,
    }))
}

function settingsOf(texts: ReadonlyMap<string, string>): string[] {
  return ['.claude/settings.json', '.claude/settings.local.json'].flatMap(path => texts.get(path) ?? [])
}

function deniesEnv(text: string): boolean {
  try {
    const deny: unknown = JSON.parse(text)?.permissions?.deny
    return Array.isArray(deny) && deny.some(rule => /^Read(?:\(.*\.env.*\))?$/.test(String(rule)))
  } catch {
    return false
  }
}

function namesEnv(ignore: string | undefined): boolean {
  return (
    ignore?.split(/\r?\n/).some(line => /^\s*(?:\*\*\/|\/)?(?:\.env|\.env\*|\*\.env)\s*$/.test(line)) ?? false
  )
}
