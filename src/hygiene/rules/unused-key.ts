import { groupBy } from '../../group-by.ts'
import { type ComposeFacts, isCompose, readCompose } from '../compose.ts'
import { imagesIn, listReaders, mayRead, type Readers } from '../dependencies.ts'
import { doubtAll } from '../doubt.ts'
import type { EnvFile, KeyFact, ProjectFacts } from '../facts.ts'
import { joinPath } from '../join-path.ts'
import { type Found, folderOf, type HygieneRule, isOwn, isSecret, listNames } from '../problem.ts'

/** Read by platforms, frameworks, container images and tools, whatever the project's code says. */
const others =
  /^(?:NODE_(?:ENV|OPTIONS|PATH|EXTRA_CA_CERTS|TLS_\w+|NO_WARNINGS)|PORT|HOST|HOSTNAME|TZ|LANG|LC_\w+|PATH|HOME|USER|UID|GID|PUID|PGID|SHELL|TERM|DEBUG(?:_COLORS|_DEPTH|_SHOW_HIDDEN|_HIDE_DATE|_FD)?|CI|LOG_LEVEL|(?:HTTP|HTTPS|NO|ALL)_PROXY|COMPOSE_\w+|DOCKER_\w+|BUILDKIT_\w+|POSTGRES_\w+|PG[A-Z]+|MYSQL_\w+|MARIADB_\w+|MONGO_\w+|REDIS_\w+|RABBITMQ_\w+|MINIO_\w+|MEILISEARCH_\w+|ELASTIC_\w+|GF_\w+|KC_\w+|KEYCLOAK_\w+|AWS_\w+|AZURE_\w+|GOOGLE_\w+|GCLOUD_\w+|SENTRY_\w+|FLASK_\w+|DJANGO_\w+|PYTHON\w+|PIP_\w+|UV_\w+|POETRY_\w+|RAILS_\w+|RACK_\w+|BUNDLE_\w+|NPM_\w+|YARN_\w+|NEXT_\w+|NUXT_\w+|VITE_\w+|NEXTAUTH_\w+|AUTH_\w+|TURBO_\w+|VERCEL_\w+|NETLIFY_\w+|APP_\w+|DB_\w+|MAIL_\w+|SPRING_\w+|JAVA_\w+|JVM_\w+|GRADLE_\w+|MAVEN_\w+|OTEL_\w+|DOTENV_\w+|RELEASE_(?:COOKIE|DISTRIBUTION|MODE|NAME|NODE|TMP)|NGINX_(?:ENVSUBST|ENTRYPOINT)_\w+|VAULT_\w+|GITHUB_\w+|GITLAB_\w+|OPENAI_\w+|ANTHROPIC_\w+|HF_\w+|LANGCHAIN_\w+|LANGSMITH_\w+|CLOUDFLARE_\w+|CF_\w+|SKIP_PREFLIGHT_CHECK|CHOKIDAR_USEPOLLING|GENERATE_SOURCEMAP|FAST_REFRESH|BROWSER|EDITOR|PUPPETEER_\w+|PLAYWRIGHT_\w+|PANTHER_\w+|SYMFONY_\w+|COMPOSER_\w+|XDEBUG_\w+|SESSION_(?:DRIVER|LIFETIME|ENCRYPT|PATH|DOMAIN|CONNECTION|STORE|COOKIE|SECURE_COOKIE|SAME_SITE|HTTP_ONLY)|CACHE_(?:DRIVER|PREFIX|STORE)|QUEUE_CONNECTION|BROADCAST_(?:CONNECTION|DRIVER)|FILESYSTEM_(?:DISK|DRIVER)|MEMCACHED_HOST|BCRYPT_ROUNDS|LOG_(?:CHANNEL|STACK|DEPRECATIONS_CHANNEL)|SAIL_\w+|WWWUSER|WWWGROUP|WEB_CONCURRENCY|WEB_MEMORY|PRISMA_\w+|TYPEORM_\w+|DD_\w+|NEW_RELIC_\w+)$/

export const unusedKey: HygieneRule = {
  severity: 'medium',
  summary: 'no code, script or configuration names the key',
  check: project => {
    if (!project.searched) return []
    const foreign = listGiven(project, ({ imageEnvFiles }) => imageEnvFiles)
    const given = listGiven(project, ({ envFiles }) => envFiles)
    const images = listImageWords(project)
    const readers = listReaders(project)
    const found = project.files
      .filter(
        file => file.kind === 'plain' && !file.isCopy && isReadHere(file, project) && !foreign.has(file.path),
      )
      .flatMap(file =>
        check(file, project, given.has(file.path) ? images : new Set()).map(({ keys, ...one }) => ({
          ...one,
          ...doubtAll(keys, key => doubtAboutUse(key, readers)),
        })),
      )
    return tellOnce(found)
  },
}

interface Unused extends Found {
  keys: readonly KeyFact[]
}

/** Dependencies read variables that no code here names. */
function doubtAboutUse(key: KeyFact, readers: Readers): string | undefined {
  if (isOwn(key)) return 'what the project made for itself opens nothing that does not read it'
  if (mayRead(readers, key.name)) return 'its name is like that of a dependency, which may read it'
  return isSecret(key) || readers.names.size === 0 ? undefined : 'a dependency may read it'
}

/** Files of one folder for several stages have the same keys. */
function tellOnce(found: readonly Found[]): Found[] {
  const groups = groupBy(found, ({ path, message }) => JSON.stringify([folderOf(path), message]))
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const also = others.length ? `; also in ${listNames(others.map(({ path }) => path))}` : ''
    return [{ ...first, message: first.message + also }]
  })
}

/** Only where most of the other keys are named here it tells something that one is not. */
function isReadHere({ keys }: EnvFile, { uses }: ProjectFacts): boolean {
  const used = keys.filter(({ name }) => isNamed(name, uses))
  return used.length >= 3 && used.length * 2 > keys.length
}

function isNamed(name: string, uses: ProjectFacts['uses']): boolean {
  return uses.get(name)?.some(({ confidence }) => confidence !== 'possible') ?? false
}

function check(file: EnvFile, { uses, files }: ProjectFacts, images: ReadonlySet<string>): Unused[] {
  const mentioned = new Set(files.flatMap(other => other.mentioned))
  const read = new Set(file.keys.filter(({ name }) => isNamed(name, uses)).map(familyOf))
  const unused = file.keys.filter(
    key =>
      key.classification.class !== 'empty' &&
      !others.test(key.name) &&
      !uses.get(key.name)?.length &&
      !mentioned.has(key.name) &&
      !images.has(familyOf(key).toLowerCase()) &&
      (isSecret(key) || read.has(familyOf(key))),
  )
  return [
    ...unused.filter(isSecret).map(describeSecret),
    ...describeSettings(unused.filter(key => !isSecret(key))),
  ].map(found => ({ path: file.path, ...found }))
}

function describeSecret(key: KeyFact): Omit<Unused, 'path'> {
  return {
    keys: [key],
    line: key.line,
    key: key.name,
    severity: 'medium',
    message: `nothing here names ${key.name}, which holds a secret`,
    fix: 'If nothing needs it, revoke the secret and take it out.',
  }
}

/** One problem a file: settings that nothing reads come by the dozen. */
function describeSettings(keys: readonly KeyFact[]): Omit<Unused, 'path'>[] {
  const [first] = keys
  if (!first) return []
  return [
    {
      keys,
      line: first.line,
      key: first.name,
      severity: 'low',
      message: `nothing here names ${listNames(keys.map(({ name }) => name))}`,
      fix: `If nothing needs ${keys.length > 1 ? 'them, take them' : 'it, take it'} out.`,
    },
  ]
}

/** Given to containers: where their image is made elsewhere, it reads what it likes. */
function listGiven(
  { texts }: ProjectFacts,
  filesOf: (compose: ComposeFacts) => readonly string[],
): Set<string | undefined> {
  return new Set(
    [...texts]
      .filter(([path]) => isCompose(path))
      .flatMap(([path, text]) => filesOf(readCompose(text)).map(name => joinPath(folderOf(path), name))),
  )
}

/** `ckan` of `FROM ckan/ckan-base:2.10`: what is made of an image may be read by the program in it. */
function listImageWords({ texts }: ProjectFacts): Set<string> {
  const names = [...texts].flatMap(([path, text]) => imagesIn(path, text))
  return new Set(
    names.flatMap(name =>
      name
        .toLowerCase()
        .replace(/[@$].*|:[^/]*$/, '')
        .split(/[^a-z0-9]+/),
    ),
  )
}

/**
 * `PGSQL` of `PGSQL_SSL_MODE`. A setting of a family of which nothing is named here belongs to a tool or an image that brings its
 * own code; a secret is told of all the same, because one that nobody reads is one that nobody misses.
 */
function familyOf({ name }: { name: string }): string {
  return name.split('_', 1)[0] ?? name
}
