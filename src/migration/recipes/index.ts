import { compose } from './compose.ts'
import { dockerfile } from './dockerfile.ts'
import { ecs } from './ecs.ts'
import { githubActions } from './github-actions.ts'
import { gitlabCi } from './gitlab-ci.ts'
import { kubernetes } from './kubernetes.ts'
import { kubernetesVaultAgent } from './kubernetes-vault-agent.ts'
import type { RecipeName } from './names.ts'
import { packageScript } from './package-script.ts'
import type { Recipe } from './recipe.ts'
import { systemd } from './systemd.ts'

/** To add one: a file, a name, a line here, a line in the test, one in docs/migrate.md. */
export const recipes = {
  package: packageScript,
  compose,
  kubernetes,
  'kubernetes-vault-agent': kubernetesVaultAgent,
  'github-actions': githubActions,
  'gitlab-ci': gitlabCi,
  systemd,
  ecs,
  dockerfile,
} as const satisfies Record<RecipeName, Recipe>
