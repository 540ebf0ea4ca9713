import type { HygieneRule } from '../problem.ts'

export const editorHistory: HygieneRule = {
  severity: 'medium',
  summary: 'an editor, the trash or a synchronised folder keeps a copy',
  needs: 'home',
  check: ({ home }) =>
    home
      .filter(({ rule }) => rule === 'editor-history')
      .map(({ rule: _, ...found }) => ({ ...found, severity: 'medium' })),
}
