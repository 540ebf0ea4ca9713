/** What the name of a file tells: whether it holds variables, for which stage, and whether it is a template or a copy. */

const plain =
  /^\.env(?:rc)?(?:[ ._~(-].*)?$|\.env$|^env\.(?:local|prod.*|dev.*|stag.*|test)$|^\.flaskenv$|^\.dev\.vars(?:\..+)?$/i
const templates =
  /(?:^|[._-])(?:example|examples|sample|template|tmpl|tpl|dist|default|defaults|schema|spec|skel|skeleton|stub)(?:[._-]|$)/i
const namedTemplates =
  /^(?:\.?env)[._-](?:example|sample|template|dist|defaults?)(?:[-_][\w-]+)?$|^(?:example|sample|template)s?[._-]?\.?env$/i
/** Code and pages about .env files. */
const others =
  /\.(?:[cm]?[jt]sx?|py|go|rb|php|rs|java|kt|cs|md|mdx|html?|json|ya?ml|toml|sh|bash|zsh|fish|ps1|txt\.ts|svg|png|lock|d\.ts|snap|erb|j2|vue|css|http|xml|log)$/i
const copies =
  /(?:[._-](?:bak|backup|bkp|old|orig|save|saved|copy|rej|disabled|prev|previous|tmp)\d*$)|(?:~$)|(?:[ ._-]?copy(?: ?\d+)?$)|(?:\(\d+\)$)|(?:[._-]\d{8,14}$)|(?:[._-]\d{4}-\d{2}-\d{2}.*$)|(?:[._-](?:bak|backup|old)[._-].*$)/i
const editors = /^#.*#$|^\.#|\.sw[a-p]$|\.un~$/i

/** Whether a file of this name holds variables. A folder may be called so as well (a Python environment). */
export function isEnvName(base: string): boolean {
  const name = withoutEditor(base)
  return namedTemplates.test(name) || (plain.test(name) && !others.test(name))
}

export function isTemplateName(base: string): boolean {
  const name = withoutEditor(base)
  return namedTemplates.test(name) || templates.test(name)
}

/** Whether an editor, a tool or a person left the file as a copy of another. */
export function isCopyName(base: string): boolean {
  return editors.test(base) || copies.test(base)
}

/** Made by a program that seals whole files. */
export function isSealedName(base: string): boolean {
  return /\.(?:enc|encrypted|gpg|pgp|asc|age|sops|vault|crypt|sealed)$/i.test(base)
}

function withoutEditor(base: string): string {
  if (/^#.*#$/.test(base)) return base.slice(1, -1)
  return base.replace(/^\.#/, '').replace(/^\.(\..*)\.sw[a-p]$|^\.(\..*)\.un~$/i, '$1$2')
}

const aliases: Readonly<Record<string, string>> = {
  dev: 'development',
  develop: 'development',
  devcontainer: 'development',
  development: 'development',
  local: 'local',
  live: 'production',
  prd: 'production',
  prod: 'production',
  production: 'production',
  qa: 'qa',
  stag: 'staging',
  stage: 'staging',
  staging: 'staging',
  stg: 'staging',
  uat: 'uat',
  preprod: 'staging',
  test: 'test',
  tests: 'test',
  testing: 'test',
  localtest: 'test',
  integrationtest: 'test',
  unittest: 'test',
  unittests: 'test',
  phpunit: 'test',
  dusk: 'test',
  cypress: 'test',
  playwright: 'test',
  mock: 'test',
  e2e: 'test',
  ci: 'ci',
  jenkins: 'ci',
  travis: 'ci',
}

/** The stage that a file is for, by its name, else by the folder it stands in; `local` where nothing says so. */
export function stageOf(path: string): string {
  const parts = path.split('/')
  const words = (parts.at(-1) ?? '')
    .toLowerCase()
    .replace(/^\.dev\.vars/, '')
    .split(/[^a-z0-9]+/)
  const named = words.flatMap(word => (Object.hasOwn(aliases, word) ? [aliases[word] ?? word] : []))
  const stage = named.find(name => name !== 'local') ?? named[0]
  if (stage !== undefined) return stage
  return stageOfFolder((parts.at(-2) ?? '').toLowerCase().replace(/^\./, '')) ?? 'local'
}

/** A folder "live" holds a service for live updates or the like more often than what is for production. */
function stageOfFolder(folder: string): string | undefined {
  const name = folder.replace(/[-_.]?(?:env|envs|environment)$/, '')
  return name !== 'live' && Object.hasOwn(aliases, name) ? aliases[name] : undefined
}

/** `examples/with-sessions/.env.production`: what lies there is there to be read. */
export function isExamplePath(path: string): boolean {
  return /(?:^|\/)(?:examples?|samples?|demos?|playgrounds?|tutorials?)\//i.test(path)
}
