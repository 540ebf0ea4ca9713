import type { HygieneRule } from '../problem.ts'

export const shellHistory: HygieneRule = {
  severity: 'medium',
  summary: "a shell's history holds a secret",
  needs: 'home',
  check: ({ home }) =>
    home
      .filter(({ rule }) => rule === 'shell-history')
      .map(({ rule: _, ...found }) => ({ ...found, severity: 'medium' })),
}
