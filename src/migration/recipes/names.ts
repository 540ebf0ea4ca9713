/** What `--recipe` takes. */
export const recipeNames = [
  'package',
  'compose',
  'kubernetes',
  'kubernetes-vault-agent',
  'github-actions',
  'gitlab-ci',
  'systemd',
  'ecs',
  'dockerfile',
] as const

export type RecipeName = (typeof recipeNames)[number]
