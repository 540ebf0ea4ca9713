import { stringify } from 'yaml'
import { entriesOf, type Recipe, writeParts } from './recipe.ts'

/** Annotations of the Vault Agent Injector: it writes a file in memory that the container's shell reads before the program starts. */
export const kubernetesVaultAgent: Recipe = facts => {
  if (facts.type !== 'vault') return { refusal: `the Vault Agent does not read a ${facts.type} vault` }
  const { app, settings } = facts
  const prefix = 'vault.hashicorp.com'
  // Version 1 of the engine has neither this part of the path nor that of the answer.
  const isOld = settings.kvVersion === 1
  const names = new Map(entriesOf(facts).map((entry, i) => [entry, `$v${i}`]))
  const reads = [...names].map(([entry, name]) => {
    const [path, field = 'value'] = facts.addressOf(entry).split('#')
    const secret = JSON.stringify(`${settings.mount ?? 'secret'}/${isOld ? '' : 'data/'}${path}`)
    return `{{- ${name} := "" }}{{ with secret ${secret} }}{{ ${name} = index .Data${isOld ? '' : '.data'} ${JSON.stringify(field)} }}{{ end -}}\n`
  })
  const lines = facts.variables.map(
    ({ key, parts }) =>
      `export ${key}='${writeParts(
        parts,
        entry => `{{ ${names.get(entry)} | replaceAll "'" "'\\\\''" }}`,
        text => text.replaceAll("'", "'\\''").replaceAll('{{', '{{ "{{" }}'),
      )}'\n`,
  )
  const deployment = {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: app } },
    spec: {
      selector: { matchLabels: { app } },
      template: {
        metadata: {
          labels: { app },
          annotations: {
            [`${prefix}/agent-inject`]: 'true',
            [`${prefix}/role`]: settings.role ?? app,
            [`${prefix}/agent-inject-secret-env`]: '',
            [`${prefix}/agent-inject-template-env`]: [...reads, ...lines].join(''),
          },
        },
        spec: {
          serviceAccountName: app,
          containers: [
            {
              ...{ name: app, image: `${app}:1`, command: ['sh', '-c'] },
              args: ['. /vault/secrets/env && exec node server.js'],
            },
          ],
        },
      },
    },
  }
  return { name: 'kubernetes-vault-agent.yaml', text: stringify(deployment) }
}
