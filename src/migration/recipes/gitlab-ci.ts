import { stringify } from 'yaml'
import type { Recipe, RecipeFacts } from './recipe.ts'
import { runArguments } from './run-command.ts'

/** A job whose own token opens the store, where the store takes it. */
export const gitlabCi: Recipe = facts => {
  const job = {
    image: 'node:22',
    environment: { name: facts.stage },
    ...logIn(facts),
    script: ['npm ci', ['npx', 'stanch', ...runArguments(facts), 'npm run deploy'].join(' ')],
  }
  return { name: 'gitlab-ci.yml', text: stringify({ deploy: job }, { lineWidth: 0 }) }
}

function logIn({ type, settings }: RecipeFacts): object {
  switch (type) {
    case 'ssm':
    case 'secretsmanager':
      // The AWS SDK's own variables; DEPLOY_ROLE is a variable of the project.
      return {
        id_tokens: { AWS_JWT: { aud: 'sts.amazonaws.com' } },
        variables: {
          ...(settings.region && { AWS_REGION: settings.region }),
          AWS_ROLE_ARN: '$DEPLOY_ROLE',
          AWS_WEB_IDENTITY_TOKEN_FILE: '/tmp/aws-jwt',
        },
        before_script: ['(umask 077 && printf "%s" "$AWS_JWT" > "$AWS_WEB_IDENTITY_TOKEN_FILE")'],
      }
    case 'vault':
      return { id_tokens: { VAULT_JWT: { aud: '$VAULT_ADDR' } } }
    case 'local':
      // A variable of the type "file" holds the path of its content.
      return { variables: { STANCH_IDENTITY_FILE: '$STANCH_IDENTITY' } }
    default:
      return {}
  }
}
