import type { Scanner } from '../../engine/scanner.ts'
import { toContent } from './to-content.ts'

/** Where people write tokens: each must be found in all of these. */
const contexts: Readonly<Record<string, (token: string) => string>> = {
  '.env file': token => `# settings\nSERVICE_KEY=${token}\nDEBUG=1\n`,
  JSON: token => `{\n  "service": { "key": "${token}", "port": 80 }\n}\n`,
  YAML: token => `service:\n  key: ${token}\n  port: 80\n`,
  XML: token => `<service>\n  <key>${token}</key>\n</service>\n`,
  shell: token => `#!/bin/sh\nexport SERVICE_KEY="${token}"\n`,
  JavaScript: token => `const client = connect('${token}', { retries: 3 })\n`,
  Python: token => `client = Client(key="${token}")\n`,
  Go: token => `\tclient := service.New("${token}")\n`,
  Java: token => `    private static final String KEY = "${token}";\n`,
  PHP: token => `$config = ['key' => '${token}'];\n`,
  'log line': token => `2026-03-01T10:00:00Z INFO connecting with key ${token} to service\n`,
  URL: token => `https://service.example.com/v1/items?key=${token}&limit=10\n`,
  'HTTP header': token => `GET / HTTP/1.1\r\nAuthorization: Bearer ${token}\r\nAccept: */*\r\n`,
}

/** What would have to be written in another way in one of the contexts: quotes, spaces, whole URLs. */
const isBare = /^[\w.~+/=:@-]+$/

/** The names of the contexts in which a bare token is not found; none for an example that is more than a token. */
export function checkContexts(example: string, scan: Scanner['scan']): string[] {
  if (!isBare.test(example) || example.includes('://')) return []
  const isToken = scan(toContent(example)).some(({ secret }) => secret.reveal() === example)
  if (!isToken) return []
  return Object.entries(contexts)
    .filter(([, write]) => !scan(toContent(write(example))).some(({ secret }) => secret.reveal() === example))
    .map(([name]) => name)
}
