import { expect, test } from 'vitest'
import { loadGenericJudge } from '../../../src/commands/generic-judge.ts'
import { readBuiltInRules } from '../../../src/commands/rule-files.ts'
import { checksums } from '../../../src/engine/checksums/index.ts'
import { decoderLiterals } from '../../../src/engine/decoding/index.ts'
import { createHitFilter } from '../../../src/engine/hit-filter.ts'
import { createScanner } from '../../../src/engine/scanner.ts'
import { buildAutomaton } from '../../../src/kernel/build-automaton.ts'
import { compileKernel, loadKernel } from '../../../src/kernel/load-kernel.ts'
import { compileProgram } from '../../../src/rules/compile-program.ts'
import { readBuilt } from '../../../src/system/assets.ts'

/** As it ships: the search kernel drops hits that it takes for useless. */
const program = compileProgram(readBuiltInRules(), decoderLiterals)
const kernel = loadKernel(buildAutomaton(program.literals), compileKernel(readBuilt('search.wasm')), {
  filter: createHitFilter(program),
})
const { scan } = createScanner(program, kernel, { checksums, judgeGeneric: loadGenericJudge().judge })
const value = ['q8Zt5vQ1', 'hXw7PbJ3', 'mN9rK2sL'].join('')
const hash = ['$apr1$', 'H6uskkkW', '$IgXLP6ewTrSuBkTrqE8wj/'].join('')

/** What a scan of the text finds by default. */
function find(path: string, text: string): string[] {
  const matches = scan({ bytes: Buffer.from(text), path, origin: { kind: 'file', path, tracked: true } })
  return matches.map(({ secret }) => secret.reveal())
}

const shapes: [title: string, path: string, text: string, found?: string][] = [
  ['an env file', '.env', `API_TOKEN=${value}\n`],
  ['an ini file', 'app.ini', `[db]\npassword = ${value}\n`],
  ['Java properties', 'app.properties', `spring.datasource.password=${value}\n`],
  ['JSON', 'app.json', `{"apiKey": "${value}"}`],
  ['YAML', 'app.yml', `db:\n  password: ${value}\n`],
  ['a block scalar of YAML', 'app.yml', `db:\n  password: |\n    ${value}\n  host: db\n`],
  ['a folded scalar of YAML', 'app.yml', `api_token: >-\n  ${value}\n`],
  ['an XML element', 'app.xml', `<apiKey>${value}</apiKey>`],
  ['an XML attribute', 'app.xml', `<user name="shop" password="${value}"/>`],
  ['TOML', 'app.toml', `api_key = "${value}"\n`],
  ['HCL', 'main.tf', `resource "db" "x" {\n  password = "${value}"\n}\n`],
  ['a shell', 'run.sh', `export API_TOKEN='${value}'\n`],
  ['SQL', 'users.sql', `CREATE USER shop IDENTIFIED BY '${value}';`],
  ['an instruction of a Dockerfile', 'Dockerfile', `ENV API_TOKEN ${value}\n`],
  ['an argument of a Dockerfile', 'Dockerfile', `ARG API_TOKEN=${value}\n`],
  ['an array of PHP', 'config.php', `return ['api_key' => '${value}'];`],
  ['a constant of PHP', 'config.php', `define('API_SECRET', '${value}');`],
  ['a hash of Ruby', 'config.rb', `{ api_key: '${value}' }`],
  ['a struct of Go', 'main.go', `c := Config{APIKey: "${value}"}`],
  ['a definition of C', 'config.h', `#define API_KEY "${value}"`],
  ['a query string', 'notes.txt', `https://shop.test/v1/items?page=1&api_key=${value}`],
  ['a header', 'client.js', `headers: { 'X-Api-Key': '${value}' }`],
  ['an Authorization header', 'client.rb', `{:Authorization => 'Bearer ${value}'}`],
  ['a header of curl', 'run.sh', `curl -H "X-Auth-Token: ${value}" https://shop.test\n`],
  ['a user of curl', 'run.sh', `curl -u shop:${value} https://shop.test\n`],
  ['a flag', 'run.sh', `deploy --token ${value} --verbose\n`],
  ['a connection string', 'app.cs', `"Server=db;User Id=shop;Password=${value};"`],
  ['a .netrc', '.netrc', `machine shop.test login shop password ${value}\n`],
  ['a .pgpass', '.pgpass', `db.shop.test:5432:shop:deploy:${value}\n`],
  [
    'an .npmrc',
    '.npmrc',
    `_auth = ${Buffer.from('admin:admin').toString('base64')}\n`,
    Buffer.from('admin:admin').toString('base64'),
  ],
  ['an htpasswd', '.htpasswd', `shop:${hash}\n`, hash],
  ['Markdown', 'README.md', `Set \`API_TOKEN=${value}\` first.\n`],
  ['a name in bold type', 'README.md', `- **API token**: ${value}\n`],
  ['a name in code marks', 'README.md', `- \`API_TOKEN\`: ${value}\n`],
  ['a text of several lines', 'app.py', `API_TOKEN = (\n    "${value}"\n)\n`],
  ['a pair of a Compose list', 'docker-compose.yml', `environment:\n  - DB_PASSWORD=${value}\n`],
  ['a variable of Kubernetes', 'pod.yaml', `env:\n  - name: DB_PASSWORD\n    value: ${value}\n`],
  ['a quoted variable of Kubernetes', 'pod.yaml', `env:\n  - name: "DB_PASSWORD"\n    value: "${value}"\n`],
  ['a variable of a task of ECS', 'task.json', `[{"name": "DB_PASSWORD", "value": "${value}"}]`],
  ['one of several lines', 'task.json', `{\n  "name": "DB_PASSWORD",\n  "value": "${value}"\n}`],
  ['a pair in code', 'deploy.ts', `env.push({ name: 'DB_PASSWORD', value: '${value}' })`],
  ['a setting of .NET', 'web.config', `<add key="DbPassword" value="${value}"/>`],
  ['a property of Spring', 'beans.xml', `<property name="password" value="${value}"/>`],
  ['a property of Hadoop', 'core-site.xml', `<name>fs.secret.key</name>\n  <value>${value}</value>`],
  ['a variable of Terraform', 'main.tf', `{\n  name  = "DB_PASSWORD"\n  value = "${value}"\n}`],
  ['a table of Markdown', 'README.md', `| API token | ${value} |\n`],
  ['a cell of code marks', 'README.md', `|user|x|\n| \`DB_PASSWORD\` | \`${value}\` |\n`],
]

test.each(shapes)('finds a secret in %s', (_title, path, text, found = value) => {
  expect(find(path, text).map(secret => secret.includes(found) && found)).toContain(found)
})
