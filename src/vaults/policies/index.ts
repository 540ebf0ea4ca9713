import type { VaultSettings } from '../../settings/settings-schema.ts'
import { createAddress } from '../address.ts'
import { type StoreType, storeTypes } from '../index.ts'
import type { VaultScope } from '../vault.ts'

/** What a policy is about. */
export interface PolicyScope {
  settings: VaultSettings
  /** What all names of the stage start with in the store. */
  prefix: string
  write: boolean
  scope: VaultScope
}

/** The least that is needed for one stage, as the store's own tools take it. Absent where a store has no such rights. */
export const policies: Partial<Record<keyof typeof storeTypes, (scope: PolicyScope) => string>> = {
  azure: azurePolicy,
  gcp: gcpPolicy,
  kubernetes: kubernetesPolicy,
  secretsmanager: secretsManagerPolicy,
  ssm: ssmPolicy,
  vault: vaultPolicy,
}

export function scopeOfPolicy(
  kind: keyof typeof storeTypes,
  settings: VaultSettings,
  scope: VaultScope,
  write: boolean,
): PolicyScope {
  const type: StoreType = storeTypes[kind]
  const path = settings.path ?? type.path
  return { settings, scope, write, prefix: path === undefined ? '' : createAddress(path, scope).prefix }
}

function ssmPolicy({ settings, prefix, write }: PolicyScope): string {
  const region = settings.region ?? '*'
  const folder = prefix.replace(/\/[^/]*$/, '')
  const below = `arn:aws:ssm:${region}:*:parameter/${prefix.replace(/^\//, '')}*`
  return iam([
    statement(
      'ReadEntries',
      ['GetParameter', 'GetParameters', 'GetParameterHistory'].map(name => `ssm:${name}`),
      [below],
    ),
    // Asking for a folder is a right on the folder itself.
    statement(
      'ListEntries',
      ['ssm:GetParametersByPath'],
      [`arn:aws:ssm:${region}:*:parameter${folder}`, below],
    ),
    ...(write ? [statement('WriteEntries', ['ssm:PutParameter', 'ssm:DeleteParameter'], [below])] : []),
    ...kmsStatements(settings, region, 'ssm', write),
  ])
}

function secretsManagerPolicy({ settings, prefix, write }: PolicyScope): string {
  const region = settings.region ?? '*'
  const below = `arn:aws:secretsmanager:${region}:*:secret:${prefix}*`
  const named = (names: readonly string[]) => names.map(name => `secretsmanager:${name}`)
  return iam([
    statement('ReadEntries', named(['GetSecretValue', 'DescribeSecret', 'ListSecretVersionIds']), [below]),
    // These two are not to be narrowed to some secrets.
    statement('ListEntries', named(['ListSecrets', 'BatchGetSecretValue']), ['*']),
    ...(write
      ? [
          statement(
            'WriteEntries',
            named(['CreateSecret', 'PutSecretValue', 'DeleteSecret', 'RestoreSecret']),
            [below],
          ),
        ]
      : []),
    ...kmsStatements(settings, region, 'secretsmanager', write),
  ])
}

/** AWS's own key needs no right of its own. */
function kmsStatements({ keyId }: VaultSettings, region: string, service: string, write: boolean) {
  if (keyId === undefined) return []
  const key = keyId.startsWith('arn:') ? keyId : `arn:aws:kms:${region}:*:key/${keyId}`
  const actions = ['kms:Decrypt', ...(write ? ['kms:Encrypt', 'kms:GenerateDataKey'] : [])]
  const condition = { StringLike: { 'kms:ViaService': `${service}.${region}.amazonaws.com` } }
  return [{ ...statement('UseKey', actions, [key]), Condition: condition }]
}

function statement(Sid: string, Action: readonly string[], Resource: readonly string[]) {
  return { Sid, Effect: 'Allow', Action, Resource }
}

function iam(Statement: readonly object[]): string {
  return `${JSON.stringify({ Version: '2012-10-17', Statement }, null, 2)}\n`
}

function vaultPolicy({ settings, prefix, write }: PolicyScope): string {
  const mount = (settings.mount ?? 'secret').replace(/^\/+|\/+$/g, '')
  const isShared = prefix.includes('#')
  const path = isShared ? prefix.split('#')[0] : `${prefix}*`
  const change = write ? ['create', 'update'] : []
  if (settings.kvVersion === 1)
    return hcl(`${mount}/${path}`, ['read', 'list', ...change, ...(write ? ['delete'] : [])])
  const metadata = ['read', 'list', ...(write && !isShared ? ['delete'] : [])]
  return hcl(`${mount}/data/${path}`, ['read', ...change]) + hcl(`${mount}/metadata/${path}`, metadata)
}

function hcl(path: string, capabilities: readonly string[]): string {
  return `path "${path}" {\n  capabilities = [${capabilities.map(name => `"${name}"`).join(', ')}]\n}\n`
}

function gcpPolicy({ settings, prefix, write }: PolicyScope): string {
  const project = settings.project ?? 'PROJECT'
  const roles = ['roles/secretmanager.secretAccessor', 'roles/secretmanager.viewer']
  const bindings = [...roles, ...(write ? ['roles/secretmanager.admin'] : [])].map(role => ({
    role,
    members: ['MEMBER'],
    condition: {
      title: `stanch ${prefix}`,
      expression: `resource.name.startsWith("projects/PROJECT_NUMBER/secrets/${prefix}") || resource.type == "cloudresourcemanager.googleapis.com/Project"`,
    },
  }))
  return `${JSON.stringify({ project, bindings }, null, 2)}\n`
}

function azurePolicy({ settings, write }: PolicyScope): string {
  const role = write ? 'Key Vault Secrets Officer' : 'Key Vault Secrets User'
  const scope = `/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/Microsoft.KeyVault/vaults/${settings.name ?? 'NAME'}`
  return `az role assignment create --assignee PRINCIPAL --role "${role}" --scope ${scope}\n`
}

function kubernetesPolicy({ settings, scope, write }: PolicyScope): string {
  const verbs = ['get', ...(write ? ['patch'] : [])]
  const rules = [
    {
      apiGroups: [''],
      resources: ['secrets'],
      resourceNames: [settings.name?.replaceAll('{stage}', scope.stage)],
      verbs,
    },
    // Who creates has no name yet to be narrowed to.
    ...(write ? [{ apiGroups: [''], resources: ['secrets'], verbs: ['create'] }] : []),
  ]
  const metadata = { name: 'stanch', namespace: settings.namespace ?? 'default' }
  return `${JSON.stringify({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules }, null, 2)}\n`
}
