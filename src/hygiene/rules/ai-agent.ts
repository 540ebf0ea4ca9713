import type { HygieneRule } from '../problem.ts'

export const aiAgent: HygieneRule = {
  severity: 'high',
  summary: 'nothing keeps an AI agent from reading it',
  needs: 'home',
  check: ({ home }) =>
    home
      .filter(({ rule }) => rule === 'ai-agent')
      .map(({ rule: _, ...found }) => ({ ...found, severity: 'high' })),
}
