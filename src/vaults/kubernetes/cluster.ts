/** Where the cluster is and who we are there: the pod's own account, or the kubeconfig. */
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'
import { UserError } from '../../errors.ts'
import type { VaultSettings } from '../../settings/settings-schema.ts'
import { runProcess } from '../../system/process.ts'
import { SecretError } from '../secret-error.ts'
import type { VaultWorld } from '../vault.ts'

export interface Cluster {
  server: string
  /** The context's, or the pod's. */
  namespace?: string | undefined
  tls: { ca?: string; cert?: string; key?: string }
  token?: () => Promise<string>
}

interface KubeConfig {
  'current-context'?: string
  contexts?: { name: string; context: { cluster: string; user: string; namespace?: string } }[]
  clusters?: { name: string; cluster: Record<string, string> }[]
  users?: { name: string; user: KubeUser }[]
}
interface KubeUser {
  token?: string
  tokenFile?: string
  'client-certificate'?: string
  'client-certificate-data'?: string
  'client-key'?: string
  'client-key-data'?: string
  exec?: { command: string; args?: string[]; env?: { name: string; value: string }[] }
}

const POD = '/var/run/secrets/kubernetes.io/serviceaccount'

export function findCluster(settings: VaultSettings, store: string, { env }: VaultWorld): Cluster {
  const paths = (env.KUBECONFIG || join(env.HOME || homedir(), '.kube/config')).split(delimiter)
  const path = paths.find(one => existsSync(one))
  if (path) return readKubeConfig(path, settings, store, env)
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = env
  if (host && existsSync(`${POD}/token`))
    return {
      server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
      namespace: readText(`${POD}/namespace`),
      tls: { ca: readText(`${POD}/ca.crt`) },
      // Kubelet renews it.
      token: async () => readText(`${POD}/token`).trim(),
    }
  throw new SecretError('unauthenticated', {
    store,
    reason: `there is no "${paths[0]}"`,
    hint: 'Set KUBECONFIG, or run in a pod with a service account.',
  })
}

function readKubeConfig(
  path: string,
  settings: VaultSettings,
  store: string,
  env: NodeJS.ProcessEnv,
): Cluster {
  const config: KubeConfig = parse(readText(path)) ?? {}
  const wanted = settings.context ?? config['current-context']
  const context = config.contexts?.find(({ name }) => name === wanted)?.context
  const cluster = config.clusters?.find(({ name }) => name === context?.cluster)?.cluster
  const user = config.users?.find(({ name }) => name === context?.user)?.user ?? {}
  if (!cluster?.['server'])
    throw new UserError(`"${path}" has no context "${wanted ?? ''}"`, 'See "kubectl config get-contexts".')
  const folder = dirname(path)
  const tls = {
    ...pem('ca', cluster['certificate-authority-data'], cluster['certificate-authority'], folder),
    ...pem('cert', user['client-certificate-data'], user['client-certificate'], folder),
    ...pem('key', user['client-key-data'], user['client-key'], folder),
  }
  const token = tokenOf(user, folder, store, env)
  return {
    server: cluster['server'].replace(/\/+$/, ''),
    namespace: context?.namespace,
    tls,
    ...(token && { token }),
  }
}

function pem(
  name: 'ca' | 'cert' | 'key',
  data: string | undefined,
  file: string | undefined,
  folder: string,
) {
  if (data) return { [name]: Buffer.from(data, 'base64').toString('utf8') }
  return file ? { [name]: readText(resolve(folder, file)) } : {}
}

function tokenOf(
  { token, tokenFile, exec }: KubeUser,
  folder: string,
  store: string,
  env: NodeJS.ProcessEnv,
): (() => Promise<string>) | undefined {
  if (token) return async () => token
  if (tokenFile) return async () => readText(resolve(folder, tokenFile)).trim()
  if (!exec) return undefined
  let asked: Promise<string> | undefined
  return () => {
    asked ??= askPlugin(exec, store, env)
    return asked
  }
}

/** What EKS, GKE and AKS write into kubeconfigs: a program that prints a token. */
async function askPlugin(
  exec: NonNullable<KubeUser['exec']>,
  store: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const own = Object.fromEntries(exec.env?.map(({ name, value }) => [name, value]) ?? [])
  const { code, stdout, startError } = await runProcess(exec.command, exec.args ?? [], {
    env: { ...env, ...own },
  })
  const token = code === 0 ? readToken(stdout.toString('utf8')) : undefined
  if (token) return token
  const reason = startError ? `cannot start ${exec.command}` : `${exec.command} gave no token`
  throw new SecretError('unauthenticated', { store, reason })
}

function readToken(text: string): string | undefined {
  try {
    return JSON.parse(text)?.status?.token
  } catch {
    // The error would quote it.
    return undefined
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new UserError(`cannot read "${path}"`, 'It belongs to the access to Kubernetes.')
  }
}
