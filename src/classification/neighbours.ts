/** What the keys beside one tell of it: which server it opens, and what the file is for. */

interface NamedValue {
  key: string
  value: string
}

export type Server = 'here' | 'elsewhere'

export interface Neighbours {
  /** Where the server is that a key opens; undefined where nothing says so. */
  serverOf(name: string, value: string): Server | undefined
  /** What the keys beside one call its server, its users and what it keeps: `shop` of `DB_USER=shop`. */
  namesBeside(name: string): string[]
  /** Whether `SHOP_KEY` or `SHOP_ID` stands beside `SHOP_SECRET`. */
  isOfPair(name: string): boolean
  /** Whether the file says that it is for the machine of somebody who develops. */
  isForDevelopment: boolean
  /** Whether it gives its own site an address that others reach. */
  isDeployed: boolean
}

export function readNeighbours(entries: readonly NamedValue[]): Neighbours {
  const hosts = new Map<string, Server>()
  for (const { key, value } of entries) {
    // An address of the program's own site is none of a server that its keys open.
    const [, family = '', about = ''] = addresses.test(key) ? [] : (neighbour.exec(key) ?? [])
    const server = isAccount.test(about) ? (madeUpAccount.test(value) ? 'here' : undefined) : placeOf(value)
    // An account that nobody has opens nothing, wherever the server is.
    if (family && server && hosts.get(family.toUpperCase()) !== 'here')
      hosts.set(family.toUpperCase(), server)
  }
  const issuer = findIssuer(entries)
  const names = findNames(entries)
  const isMadeForDevelopment = isForDevelopment(entries)
  const filled = new Set(entries.flatMap(({ key, value }) => (value ? key.toUpperCase() : [])))
  return {
    serverOf: (name, value) =>
      /^[a-z][a-z0-9+.-]*:\/\//i.test(value)
        ? placeOf(value)
        : (ofFamily(name, hosts) ?? (/CLIENT_?SECRET$/i.test(name) ? issuer : undefined)),
    namesBeside: name => ofFamily(name, names) ?? [],
    isOfPair: name => {
      const stem = /^(\w+)_SECRET$/i.exec(name)?.[1]?.toUpperCase()
      return stem !== undefined && partners.some(end => filled.has(`${stem}_${end}`))
    },
    isForDevelopment: isMadeForDevelopment,
    isDeployed: !isMadeForDevelopment && placesOfSite(entries).includes('elsewhere'),
  }
}

const partners = ['KEY', 'ID', 'CLIENT_ID', 'APP_ID', 'CONSUMER_KEY']
const naming = /^(\w+?)_(?:HOST|USER|USERNAME|LOGIN|DATABASE|DB|DBNAME|DB_NAME|NAME)$/i

/** By family. */
function findNames(entries: readonly NamedValue[]): Map<string, string[]> {
  const names = new Map<string, string[]>()
  for (const { key, value } of entries) {
    const family = naming.exec(key)?.[1]?.toUpperCase()
    if (family === undefined || !/^[A-Za-z]\w{3,31}$/.test(value)) continue
    names.set(family, [...(names.get(family) ?? []), value])
  }
  return names
}

const isAccount = /^(?:USER|USERNAME|EMAIL|LOGIN)$/i
const neighbour =
  /^(\w+?)_(HOST|HOSTNAME|SERVER|ADDR|ADDRESS|URL|URI|ENDPOINT|DSN|USER|USERNAME|EMAIL|LOGIN)$/i
/** `test@test.com`, `you@example.org`, `<your login>`. */
const madeUpAccount =
  /^(?:test|foo|user|username|someone|me|you)@|@(?:[\w-]+\.)*(?:example|test|email|domain)\.(?:com|org|net)$|^your|^<.*>$/i

/** Where the server is that gives out client secrets, if the file names only one place. */
function findIssuer(entries: readonly NamedValue[]): Server | undefined {
  const places = new Set(
    entries.filter(({ key }) => issuers.test(key)).flatMap(({ value }) => placeOf(value) ?? []),
  )
  return places.size === 1 ? [...places][0] : undefined
}

const issuers =
  /(?:^|_)(?:AUTH_SERVER|AUTHORITY|ISSUER|ISSUER_URI|TOKEN_(?:URL|URI|ENDPOINT)|(?:OIDC|OAUTH2?|KEYCLOAK|SSO)\w*_(?:URL|URI|HOST|ADDRESS|ENDPOINT))$/i

/** `DB_HOST` tells of `DB_APP_PASSWORD`. */
function ofFamily<T>(name: string, known: ReadonlyMap<string, T>): T | undefined {
  const words = name.toUpperCase().split('_')
  for (let length = words.length - 1; length > 0; length--) {
    const found = known.get(words.slice(0, length).join('_'))
    if (found !== undefined) return found
  }
  return undefined
}

/** @param address a host with or without a port, or a URL */
function placeOf(address: string): Server | undefined {
  const [authority = ''] = address
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .split(/[/?]/, 1)
  // A password may have an `@`, too.
  const host = /^([\w.-]+)(?::\d+)?$/.exec(authority.slice(authority.lastIndexOf('@') + 1))?.[1]
  if (host === undefined) return undefined
  if (isHere(host)) return 'here'
  if (isPrivateNetwork(host) || isMadeUp(host)) return undefined
  return /\.[a-z]{2,}$/i.test(host) || isAddress(host) ? 'elsewhere' : undefined
}

/** `yourdomain.com`, `votre-site.fr`, and addresses that are kept for documentation (RFC 5737) or that everybody types. */
function isMadeUp(host: string): boolean {
  return (
    /(?:^|[.-])(?:your|votre|deine|ihre)[\w-]*\.|(?:^|\.)(?:domaine?|dominio|(?:my|mon|mi|tu|su|meu|seu)-?(?:domaine?|dominio|site|sitio|company|empresa|app))\.[a-z]{2,4}(?:\.[a-z]{2})?$/i.test(
      host,
    ) || /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$|^(?:1\.2\.3\.4|(\d)\.\1\.\1\.\1)$/.test(host)
  )
}

function isAddress(host: string): boolean {
  return /^(?:\d{1,3}\.){3}\d{1,3}$/.test(host)
}

/**
 * This machine, a container beside it, or a name that is kept for tests and examples (RFC 2606, RFC 6761) or leads to this machine;
 * and a mailbox for tests, which delivers to nobody.
 */
function isHere(host: string): boolean {
  return (
    /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|host\.docker\.internal|[a-z][\w-]*)$/i.test(host) ||
    /(?:^|\.)local(?:host)?\./i.test(host) ||
    /(?:^|\.)(?:localhost|local|test|example|invalid|localdomain|docker|example\.(?:com|org|net)|traefik\.me|nip\.io|sslip\.io|lvh\.me|localtest\.me|ddev\.site|lndo\.site|(?<!live\.)smtp\.mailtrap\.io|ethereal\.email)$/i.test(
      host,
    )
  )
}

/** RFC 1918: whose network it is nobody can tell. */
function isPrivateNetwork(host: string): boolean {
  return /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/.test(host)
}

const environments =
  /^(?:\w+_)?(?:ENV|ENVIRONMENT|PROFILES_ACTIVE|RUN_MODE)$|^(?:APP|DEPLOY|DEPLOYMENT|BUILD)_(?:STAGE|MODE)$|^STAGE$/i
const addresses =
  /^(?:(?:NEXT_PUBLIC|VITE|REACT_APP|APP|BASE|SITE|PUBLIC|LOCAL|SERVER|ROOT|WEB|FRONTEND|BACKEND|CLIENT|NEXTAUTH|AUTH|API|APPLICATION|EXTERNAL|WEBSITE|CORS|ALLOWED|TRUSTED|DJANGO|CSRF)_)*(?:URL|DOMAINS?(?:_NAME)?|HOSTNAME|(?<=ALLOWED_)HOSTS?|ORIGINS?|SERVER_NAME|FQDN)$/i

/** `APP_ENV=dev` or `test`, or the addresses that it gives its own site are this machine's. */
function isForDevelopment(entries: readonly NamedValue[]): boolean {
  const stages = entries.filter(({ key }) => environments.test(key)).map(({ value }) => value.trim())
  if (stages.some(stage => /^(?:prod|production|live|staging)$/i.test(stage))) return false
  if (stages.some(stage => /^(?:dev|develop|development|local|test|testing)$/i.test(stage))) return true
  const places = placesOfSite(entries)
  return places.includes('here') && !places.includes('elsewhere')
}

function placesOfSite(entries: readonly NamedValue[]): (Server | undefined)[] {
  return entries
    .filter(({ key }) => addresses.test(key))
    .flatMap(({ value }) => value.split(/[\s,;]+/).map(placeOf))
}
