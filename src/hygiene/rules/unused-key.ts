import type { EnvFile, ProjectFacts } from '../facts.ts'
import { type HygieneRule, isSecret } from '../problem.ts'

/** Read by platforms, frameworks, container images and tools, whatever the project's code says. */
const others =
  /^(?:NODE_(?:ENV|OPTIONS|PATH|EXTRA_CA_CERTS|TLS_\w+|NO_WARNINGS)|PORT|HOST|HOSTNAME|TZ|LANG|LC_\w+|PATH|HOME|USER|UID|GID|PUID|PGID|SHELL|TERM|DEBUG|CI|LOG_LEVEL|(?:HTTP|HTTPS|NO|ALL)_PROXY|COMPOSE_\w+|DOCKER_\w+|BUILDKIT_\w+|POSTGRES_\w+|PG[A-Z]+|MYSQL_\w+|MARIADB_\w+|MONGO_\w+|REDIS_\w+|RABBITMQ_\w+|MINIO_\w+|ELASTIC_\w+|GF_\w+|KC_\w+|KEYCLOAK_\w+|AWS_\w+|AZURE_\w+|GOOGLE_\w+|GCLOUD_\w+|SENTRY_\w+|FLASK_\w+|DJANGO_\w+|PYTHON\w+|PIP_\w+|UV_\w+|POETRY_\w+|RAILS_\w+|RACK_\w+|BUNDLE_\w+|NPM_\w+|YARN_\w+|NEXT_\w+|NUXT_\w+|VITE_\w+|NEXTAUTH_\w+|AUTH_\w+|TURBO_\w+|VERCEL_\w+|NETLIFY_\w+|APP_\w+|DB_\w+|MAIL_\w+|SPRING_\w+|JAVA_\w+|JVM_\w+|GRADLE_\w+|MAVEN_\w+|OTEL_\w+|DOTENV_\w+|VAULT_\w+|GITHUB_\w+|GITLAB_\w+|OPENAI_\w+|ANTHROPIC_\w+|HF_\w+|LANGCHAIN_\w+|LANGSMITH_\w+|CLOUDFLARE_\w+|CF_\w+|SKIP_PREFLIGHT_CHECK|CHOKIDAR_USEPOLLING|GENERATE_SOURCEMAP|FAST_REFRESH|BROWSER|EDITOR|PUPPETEER_\w+|PLAYWRIGHT_\w+|PRISMA_\w+|TYPEORM_\w+|DD_\w+|NEW_RELIC_\w+)$/

export const unusedKey: HygieneRule = {
  severity: 'medium',
  summary: 'no code, script or configuration names the key',
  check: project =>
    project.searched
      ? project.files
          .filter(file => file.kind === 'plain' && !file.isCopy && isReadHere(file, project))
          .flatMap(file => check(file, project))
      : [],
}

/** Only where most of the other keys are named here it tells something that one is not. */
function isReadHere({ keys }: EnvFile, { uses }: ProjectFacts): boolean {
  const used = keys.filter(({ name }) => uses.get(name)?.some(({ confidence }) => confidence !== 'possible'))
  return used.length >= 3 && used.length * 2 > keys.length
}

function check(file: EnvFile, { uses, files }: ProjectFacts) {
  const mentioned = new Set(files.flatMap(other => other.mentioned))
  const read = new Set(file.keys.filter(({ name }) => uses.get(name)?.length).map(familyOf))
  return file.keys
    .filter(
      key =>
        key.classification.class !== 'empty' &&
        !others.test(key.name) &&
        !uses.get(key.name)?.length &&
        !mentioned.has(key.name) &&
        (isSecret(key) || read.has(familyOf(key))),
    )
    .map(key => ({
      path: file.path,
      line: key.line,
      key: key.name,
      severity: isSecret(key) ? ('medium' as const) : ('low' as const),
      message: isSecret(key)
        ? `nothing here names ${key.name}, which holds a secret`
        : `nothing here names ${key.name}`,
      fix: isSecret(key)
        ? 'If nothing needs it, revoke the secret and take it out.'
        : 'If nothing needs it, take it out.',
    }))
}

/**
 * `PGSQL` of `PGSQL_SSL_MODE`. A setting of a family of which nothing is named here belongs to a tool or an image that brings its
 * own code; a secret is told of all the same, because one that nobody reads is one that nobody misses.
 */
function familyOf({ name }: { name: string }): string {
  return name.split('_', 1)[0] ?? name
}
