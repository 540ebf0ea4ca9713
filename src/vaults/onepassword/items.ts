/** Items of a vault of 1Password, from a Connect server or through the `op` program. Both speak of items in the same JSON. */
import type { HttpAnswer } from '../../system/http-request.ts'
import { runProcess } from '../../system/process.ts'
import { errorOfAnswer, readJson, sendJson } from '../http.ts'
import { SecretError, type SecretErrorKind } from '../secret-error.ts'
import type { VaultWorld } from '../vault.ts'

export interface Item {
  id?: string
  title?: string
  category?: string
  vault?: { id?: string }
  version?: number
  updated_at?: string
  updatedAt?: string
  fields?: ItemField[]
}
export interface ItemField {
  id?: string
  type?: string
  purpose?: string
  label?: string
  value?: string
}

export interface Items {
  list(): Promise<Item[]>
  /** With its fields. */
  read(id: string, title: string): Promise<Item>
  create(item: Item): Promise<Item>
  replace(id: string, item: Item): Promise<Item>
  remove(id: string, title: string): Promise<void>
}

/** https://developer.1password.com/docs/connect/api-reference */
export function connectItems(vaultName: string, store: string, { env }: VaultWorld): Items {
  const origin = (env.OP_CONNECT_HOST ?? '').replace(/\/+$/, '')
  let vaultId: Promise<string> | undefined
  return {
    list: async () => readList(await call('GET', `${await vaultPath()}/items`)),
    read: async (id, title) => readJson<Item>(await call('GET', `${await vaultPath()}/items/${id}`, title)),
    create: async item => {
      const json = { ...item, vault: { id: await idOfVault() } }
      return readJson<Item>(await call('POST', `${await vaultPath()}/items`, item.title, json))
    },
    replace: async (id, item) =>
      readJson<Item>(await call('PUT', `${await vaultPath()}/items/${id}`, item.title, item)),
    remove: async (id, title) => {
      await call('DELETE', `${await vaultPath()}/items/${id}`, title)
    },
  }

  async function vaultPath(): Promise<string> {
    return `/v1/vaults/${await idOfVault()}`
  }

  function idOfVault(): Promise<string> {
    vaultId ??= findVault().catch(error => {
      vaultId = undefined
      throw error
    })
    return vaultId
  }

  async function findVault(): Promise<string> {
    const vaults: { id?: string; name?: string }[] = readList(await call('GET', '/v1/vaults'))
    const found = vaults.find(({ id, name }) => name === vaultName || id === vaultName)
    if (found?.id) return found.id
    throw new SecretError('access-denied', { store, reason: `the token sees no vault "${vaultName}"` })
  }

  async function call(method: string, path: string, title?: string, json?: unknown): Promise<HttpAnswer> {
    const names = title === undefined ? [] : [title]
    const headers = { authorization: `Bearer ${env.OP_CONNECT_TOKEN ?? ''}` }
    const answer = await sendJson({ url: origin + path, method, headers, json }, { store, names })
    if (answer.status < 300) return answer
    throw errorOfAnswer(answer, { store, names }, { reason: readJson<{ message: string }>(answer).message })
  }
}

/** Values go to `op` through its standard input: arguments are for everybody to see. */
export function programItems(vaultName: string, store: string, { env }: VaultWorld): Items {
  const inVault = ['--vault', vaultName, '--format', 'json']
  return {
    list: () => run(['item', 'list', ...inVault]),
    read: (id, title) => run(['item', 'get', id, ...inVault], title),
    create: item => run(['item', 'create', '-', ...inVault], item.title, item),
    replace: (id, item) => run(['item', 'edit', id, '-', ...inVault], item.title, item),
    remove: async (id, title) => {
      await run(['item', 'delete', id, '--vault', vaultName], title)
    },
  }

  async function run<T>(args: readonly string[], title?: string, input?: Item): Promise<T> {
    const { code, stdout, stderr, startError } = await runProcess('op', args, {
      env,
      ...(input && { input: Buffer.from(JSON.stringify(input)) }),
    })
    const names = title === undefined ? [] : [title]
    if (startError)
      throw new SecretError('unauthenticated', {
        store,
        reason: 'the program "op" is not installed',
        hint: 'Install 1Password CLI, or set OP_CONNECT_HOST and OP_CONNECT_TOKEN.',
      })
    if (code !== 0) throw new SecretError(kindOf(stderr), { store, names, reason: stderr.slice(0, 200) })
    return readOutput(stdout.toString('utf8'))
  }
}

function kindOf(stderr: string): SecretErrorKind {
  if (/isn't an item|not found|doesn't exist/i.test(stderr)) return 'not-found'
  if (/not (?:currently )?signed in|authoriz|session|no accounts/i.test(stderr)) return 'unauthenticated'
  if (/rate limit|too many requests/i.test(stderr)) return 'throttled'
  return /isn't a vault|permission|forbidden/i.test(stderr) ? 'access-denied' : 'unavailable'
}

function readOutput(text: string) {
  return text.trim() === '' ? undefined : JSON.parse(text)
}

function readList<T>({ text }: HttpAnswer): T[] {
  try {
    const value = JSON.parse(text)
    return Array.isArray(value) ? value : []
  } catch {
    // A proxy's page.
    return []
  }
}
