/** Programs that people run themselves, so that the secrets that they give out are their own; also where firms offer them as a service. */
const run = new Set([
  'ansible',
  'budibase',
  'clickhouse',
  'couchbase',
  'db2',
  'dify',
  'drone',
  'dtrack',
  'elastic',
  'fernet',
  'formio',
  'ghost',
  'gitea',
  'grafana',
  'hashicorp-vault',
  'influxdb',
  'jdbc',
  'jenkins',
  'keycloak',
  'kubernetes',
  'ldap',
  'mariadb',
  'mattermost',
  'metabase',
  'mongodb',
  'mysql',
  'nats',
  'neo4j',
  'openshift',
  'openvpn',
  'oracle',
  'password-hash',
  'portainer',
  'postgres',
  'rabbitmq',
  'redis',
  'sidekiq',
  'solr',
  'sonar',
  'splunk',
  'sqlserver',
  'teamcity',
  'thingsboard',
  'truenas',
  'unleash',
  'wireguard',
  'zulipchat',
])

/** Kinds of secrets, which rules are kept by as if they were providers. */
const kinds = new Set([
  'auth',
  'generic',
  'jwt',
  'private-key',
  'smtp',
  'ftp',
  'smb',
  'rdp',
  'django',
  'laravel',
  'rails',
])

/** @param providers those of all rules */
export function createIssuerTest(providers: Iterable<string>): (word: string) => boolean {
  const issuers = new Set([...providers].filter(provider => !kinds.has(provider) && !run.has(provider)))
  return word => issuers.has(word)
}

export function isRunHere(provider: string): boolean {
  return run.has(provider)
}
