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
const list = [0x8f, 59, 0x47, 0xd5, 37, 0x84, 0xde, 0xfc, 12, 0x9a, 0xe1, 203, 0x4b, 0x70, 0x06, 0xc9].join(
  ', ',
)
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
  ['a quoted password of Oracle', 'users.sql', `CREATE USER shop IDENTIFIED BY "${value}"`],
  ['a bare password of Oracle', 'users.sql', `CREATE USER shop IDENTIFIED BY ${value};`],
  ['character data of XML', 'app.xml', `<password><![CDATA[${value}]]></password>`],
  ['an element with attributes', 'app.xml', `<password encrypted="false">${value}</password>`],
  ['an element of a namespace', 'soap.xml', `<wsse:Password Type="x">${value}</wsse:Password>`],
  ['a property list', 'Info.plist', `<key>APIKey</key>\n<string>${value}</string>`],
  ['a text of several lines of TOML', 'app.toml', `api_key = """\n${value}"""`],
  ['a here-document', 'main.tf', `password = <<EOT\n  ${value}\nEOT\n`],
  ['an anchor of YAML', 'app.yml', `password: &pw ${value}\n`],
  ['a tag of YAML', 'app.yml', `password: !!str ${value}\n`],
  ['a slice of Go', 'main.go', `http.Header{"X-Api-Key": []string{"${value}"}}`],
  ['bytes of Go', 'main.go', `secret := []byte("${value}")`],
  ['a call of Go that may fail', 'main.go', `apiKey, err := hex.DecodeString("${value}")`],
  ['a property of C#', 'Client.cs', `public string ApiKey { get; set; } = "${value}";`],
  ['an array of characters', 'main.c', `static char api_key[] = "${value}";`],
  ['a default of Spring', 'Client.java', `@Value("\${api.key:${value}}")`],
  ['a default of a shell', 'run.sh', `API_KEY=\${API_KEY:-${value}}`],
  ['a C shell', 'run.csh', `setenv API_TOKEN ${value}\n`],
  ['a variable of fish', 'config.fish', `set -gx API_TOKEN ${value}\n`],
  ['a long option of fish', 'config.fish', `set --global --export API_TOKEN ${value}\n`],
  ['setx of Windows', 'setup.cmd', `setx API_TOKEN ${value}\n`],
  ['a text of Lua', 'config.lua', `local api_key = [[${value}]]`],
  ['a tuple of Erlang', 'sys.config', `{password, "${value}"},`],
  ['a binary of Erlang', 'app.erl', `{api_key, <<"${value}">>}`],
  ['a tuple of Elixir', 'config.exs', `{:api_key, "${value}"}`],
  ['a flag of mysql', 'run.sh', `mysqldump -h db -u shop -p${value} shop\n`],
  ['a quoted flag of mysql', 'run.sh', `mysql -ushop -p'${value}' <<EOF\n`],
  ['bytes in braces of Go', 'main.go', `var aesKey = []byte{${list}}`, list],
  ['bytes of C', 'key.c', `static const uint8_t hmac_key[16] = { ${list} };`, list],
  [
    'bytes of Java',
    'Key.java',
    `byte[] SECRET_KEY = new byte[] {(byte) ${list.replaceAll(' ', ' (byte) ')}};`,
    list.replaceAll(' ', ' (byte) '),
  ],
  ['bytes of Python', 'key.py', `SECRET_KEY = bytes([${list}])`, list],
  ['bytes of Node', 'key.js', `const encryptionKey = Buffer.from([\n  ${list}\n])`, list],
  ['sshpass', 'run.sh', `sshpass -p ${value} ssh shop@db\n`],
  ['sshpass in quotes', 'run.sh', `sshpass -v -p"${value}" scp a db:\n`],
  ['a network of wpa_supplicant', 'wpa.conf', `network={\n\tssid="shop"\n\tpsk="${value}"\n}`],
  ['a network of NetworkManager', 'a.nmconnection', `[wifi-security]\nkey-mgmt=wpa-psk\npsk=${value}\n`],
  ['a secret of strongSwan', 'ipsec.secrets', `10.0.0.1 : PSK "${value}"\n`],
  ['a network interface of Debian', 'interfaces', `    wpa-ssid shop\n    wpa-psk ${value}\n`],
  ['a variable of PowerShell', 'run.ps1', `$Password = "${value}" | ConvertTo-SecureString`],
  ['a Redis configuration', 'redis.conf', `requirepass ${value}\n`],
  ['a password of Ansible', 'hosts.yml', `ansible_ssh_pass: ${value}\n`],
  ['a unit of systemd', 'app.service', `Environment="API_TOKEN=${value}"\n`],
  ['a notebook', 'a.ipynb', `{"source": ["api_key = \\"${value}\\"\\n"]}`],
  ['a hidden input', 'form.html', `<input name="api_key" value="${value}">`],
  ['a table of Markdown', 'README.md', `| API token | ${value} |\n`],
  ['a cell of code marks', 'README.md', `|user|x|\n| \`DB_PASSWORD\` | \`${value}\` |\n`],
]

const pem = toPem(Buffer.from(Array.from({ length: 600 }, (_, at) => (at * 167 + (at >> 3) * 29) & 255)))
const indented = pem.replace(/^(?=.)/gm, '    ')
const escaped = pem.replaceAll('\n', '\\n')
const lines = pem.trim().split('\n')

function toPem(bytes: Buffer): string {
  const label = ['RSA PRIVATE', 'KEY'].join(' ')
  const head = Buffer.from([0x30, 0x82, 0x02, 0x54, 0x02, 0x01, 0x00, 0x02, 0x81, 0x81, 0x00])
  const body = Buffer.concat([head, bytes.subarray(head.length)]).toString('base64')
  return `-----BEGIN ${label}-----\n${body.replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`
}

test.each([
  ['a file of its own', 'tls.key', pem],
  ['lines with carriage returns', 'tls.pem', pem.replaceAll('\n', '\r\n')],
  ['a block of YAML', 'app.yml', `tls:\n  key: |\n${indented}`],
  ['one line of JSON', 'app.json', `{"key": "${escaped}"}`],
  ['JSON within JSON', 'app.json', `"{\\"key\\": \\"${escaped.replaceAll('\\', '\\\\')}\\"}"`],
  ['one line of an env file', '.env', `TLS_KEY="${escaped}"\n`],
  ['an env file', '.env', `TLS_KEY="${pem}"\n`],
  ['a text of Python', 'app.py', `KEY = """${pem}"""\n`],
  ['pieces of Java', 'Key.java', lines.map(line => `"${line}\\n"`).join(' +\n    ')],
  ['an XML element', 'app.xml', `<key>${pem}</key>`],
  ['blanks in place of line breaks', 'notes.txt', pem.replaceAll('\n', ' ')],
  ['a comment', 'app.conf', pem.replace(/^/gm, '# ')],
  ['a patch', 'fix.patch', pem.replace(/^/gm, '+')],
  ['base64 again', 'app.yml', `data: ${Buffer.from(pem).toString('base64')}\n`],
])('finds a private key in %s', (_title, path, text) => {
  expect(find(path, text)).toHaveLength(1)
})

test.each([
  ['a port that docker publishes', 'run.sh', 'docker run --name mysql -p3306:3306 mysql\n'],
  ['a password that is asked for', 'run.sh', `mysql -u shop -p ${value}\n`],
  ['another flag', 'run.sh', `mysql --user shop -port=${value}\n`],
  ['another command behind it', 'run.sh', `mysql shop | tool -p${value}\n`],
  ['a variable', 'run.sh', 'mysql -p"$DB_PASSWORD" shop; mysqldump -p$(cat pw) -p%PW% shop\n'],
  ['a placeholder', 'README.md', 'mysql -uroot -ppassword -pmy-secret-pw -p<password>\n'],
  ['a file with a password', 'run.sh', 'sshpass -f /etc/deploy/pw7 ssh a; sshpass -p "$PW" ssh a\n'],
  ['a link of a wiki', 'page.lua', 'local key = [[Main Page 7]]'],
  ['bytes of a public key', 'a.go', `publicKey := []byte{${list}}`],
  ['bytes of another name', 'a.go', `salt := []byte{${list}}`],
  ['bytes that count', 'a.c', `key[] = {${Array.from({ length: 32 }, (_, n) => n).join(', ')}};`],
  ['few bytes', 'a.c', `key[] = {${list.slice(0, 40)}};`],
  ['larger numbers', 'a.c', `key[] = {${list.replace('59', '590')}};`],
  ['names', 'a.c', `key[] = {${list.replace('59', 'A')}};`],
  ['lists in a list', 'a.py', 'key = [[12345678, 23456789]]'],
  ['a call with a name', 'a.js', `call(key, "${value}")`],
  ['a tuple of names', 'a.erl', '{password, PasswordOfShop7}, {key, []}'],
  ['a struct of Go', 'a.go', `{token.INT, "${value}", x}, {Token, "${value}"}`],
  ['an option that removes', 'config.fish', `set -e API_TOKEN ${value}\n`],
  ['tracing of a shell', 'run.sh', 'set -x\nAPI_TOKEN deploy77\n'],
  ['a kind of key', 'wpa.conf', 'key_mgmt=WPA-PSK\npsk=ext:home7\n'],
])('finds none in %s', (_title, path, text) => {
  expect(find(path, text)).toEqual([])
})

test('a text may end with any piece of a pair', () => {
  const text = `<name>api_key</name><value>${value}</value>`
  for (let end = 0; end <= text.length; end++) find('app.xml', text.slice(0, end))
  for (const rest of [',', ', err', ' { get; set', '[', '[3', ': &', ' = <<E', '</', '\n v', ' | x'])
    expect(find('app.txt', `api_key${rest}`)).toEqual([])
})

test.each(shapes)('finds a secret in %s', (_title, path, text, found = value) => {
  expect(find(path, text).map(secret => secret.includes(found) && found)).toContain(found)
})
