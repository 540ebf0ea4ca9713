import { stringify } from 'yaml'
import type { Recipe, RecipeFacts } from './recipe.ts'
import { runArguments } from './run-command.ts'

/** A job that logs in with OpenID Connect where the store takes it, so that the repository holds no long-lived key. */
export const githubActions: Recipe = facts => {
  const { env, steps } = logIn(facts)
  const workflow = {
    name: 'deploy',
    on: { push: { branches: ['main'] } },
    permissions: { contents: 'read', 'id-token': 'write' },
    jobs: {
      deploy: {
        'runs-on': 'ubuntu-latest',
        ...(env && { env }),
        steps: [
          { uses: 'actions/checkout@v5' },
          { uses: 'actions/setup-node@v5', with: { 'node-version': 22, cache: 'npm' } },
          { run: 'npm ci' },
          ...steps,
          { name: 'Deploy', run: ['npx', 'stanch', ...runArguments(facts), 'npm run deploy'].join(' ') },
        ],
      },
    },
  }
  return { name: 'github-actions.yml', text: stringify(workflow, { lineWidth: 0 }) }
}

function logIn({ type, settings }: RecipeFacts): { env?: Record<string, string>; steps: object[] } {
  switch (type) {
    case 'ssm':
    case 'secretsmanager':
      return {
        steps: [
          {
            uses: 'aws-actions/configure-aws-credentials@v5',
            with: {
              'role-to-assume': expression('vars.DEPLOY_ROLE'),
              'aws-region': settings.region ?? expression('vars.AWS_REGION'),
            },
          },
        ],
      }
    case 'gcp':
      return {
        steps: [
          {
            uses: 'google-github-actions/auth@v3',
            with: {
              workload_identity_provider: expression('vars.IDENTITY_PROVIDER'),
              service_account: expression('vars.DEPLOY_ACCOUNT'),
            },
          },
        ],
      }
    case 'azure':
      return {
        steps: [
          {
            uses: 'azure/login@v2',
            with: {
              'client-id': expression('vars.AZURE_CLIENT_ID'),
              'tenant-id': expression('vars.AZURE_TENANT_ID'),
              'subscription-id': expression('vars.AZURE_SUBSCRIPTION_ID'),
            },
          },
        ],
      }
    case 'local':
      return {
        env: { STANCH_IDENTITY_FILE: '/tmp/stanch-identity.txt' },
        steps: [
          {
            name: 'Identity of the vault',
            env: { IDENTITY: expression('secrets.STANCH_IDENTITY') },
            run: '(umask 077 && printf "%s\\n" "$IDENTITY" > "$STANCH_IDENTITY_FILE")',
          },
        ],
      }
    case 'vault':
      return {
        env: { VAULT_ADDR: expression('vars.VAULT_ADDR'), VAULT_TOKEN: expression('secrets.VAULT_TOKEN') },
        steps: [],
      }
    default:
      return { steps: [] }
  }
}

function expression(name: string): string {
  return `\${{ ${name} }}`
}
