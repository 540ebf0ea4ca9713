import { stringify } from 'yaml'
import { entriesOf, type Recipe, type RecipeFacts, writeParts } from './recipe.ts'

/** External Secrets Operator (API version external-secrets.io/v1) writes a Secret, from which the container gets its variables. */
export const kubernetes: Recipe = facts => {
  const provider = providerOf(facts)
  if (!provider) return { refusal: `the External Secrets Operator does not read a ${facts.type} vault` }
  const { app } = facts
  const store = { kind: 'SecretStore', name: `${app}-${facts.type}` }
  const names = new Map(entriesOf(facts).map((entry, i) => [entry, `v${i}`]))
  const documents = [
    {
      ...{ apiVersion: 'external-secrets.io/v1', kind: store.kind },
      ...{ metadata: { name: store.name }, spec: { provider } },
    },
    {
      ...{ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: app } },
      spec: {
        refreshInterval: '1h',
        secretStoreRef: store,
        target: {
          name: app,
          template: {
            engineVersion: 'v2',
            data: Object.fromEntries(
              facts.variables.map(({ key, parts }) => [
                key,
                writeParts(parts, entry => `{{ .${names.get(entry)} }}`, literal),
              ]),
            ),
          },
        },
        data: [...names].map(([entry, secretKey]) => ({ secretKey, remoteRef: remoteOf(facts, entry) })),
      },
    },
    {
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: app } },
      spec: {
        selector: { matchLabels: { app } },
        template: {
          metadata: { labels: { app } },
          spec: {
            containers: [{ name: app, image: `${app}:1`, envFrom: [{ secretRef: { name: app } }] }],
          },
        },
      },
    },
  ]
  return { name: 'kubernetes.yaml', text: documents.map(document => stringify(document)).join('---\n') }
}

/** Braces of the text are none of the template language. */
function literal(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}')
}

function providerOf({ type, settings, app }: RecipeFacts): object | undefined {
  const region = settings.region ?? 'eu-west-1'
  const serviceAccountRef = { name: app }
  switch (type) {
    case 'ssm':
      return { aws: { service: 'ParameterStore', region, auth: { jwt: { serviceAccountRef } } } }
    case 'secretsmanager':
      return { aws: { service: 'SecretsManager', region, auth: { jwt: { serviceAccountRef } } } }
    case 'vault':
      return {
        vault: {
          server: settings.address ?? 'http://vault.vault:8200',
          path: settings.mount ?? 'secret',
          version: `v${settings.kvVersion ?? 2}`,
          auth: { kubernetes: { mountPath: 'kubernetes', role: settings.role ?? app, serviceAccountRef } },
        },
      }
    case 'gcp':
      return { gcpsm: { projectID: settings.project ?? app } }
    case 'azure':
      return {
        azurekv: {
          authType: 'WorkloadIdentity',
          vaultUrl: `https://${settings.name ?? app}.vault.azure.net`,
          serviceAccountRef,
        },
      }
    default:
      return undefined
  }
}

/** In Vault an entry is the field behind `#` of a secret. */
function remoteOf({ type, addressOf }: RecipeFacts, entry: string): { key: string; property?: string } {
  const address = addressOf(entry)
  if (type !== 'vault') return { key: address }
  const [key = '', property = 'value'] = address.split('#')
  return { key, property }
}
