import { expect, test } from 'vitest'
import { isAllowedByComment, mayHoldAllowComment } from '../../src/findings/allow-comments.ts'

const value = ['kV9mQ2', 'pLz8w!'].join('')

function isAllowed(text: string, rule = 'shop-key'): boolean {
  const bytes = Buffer.from(text)
  const start = bytes.indexOf(value)
  return mayHoldAllowComment(bytes) && isAllowedByComment(bytes, start, start + value.length, rule)
}

const allowed: [title: string, text: string][] = [
  ['ours on the line', `key = "${value}" # stanch:allow`],
  ['ours with a reason', `key = "${value}" # stanch:allow -- made up for the test`],
  ['ours for the rule', `key = "${value}" # stanch:allow npm-token,shop-key -- made up`],
  ['ours alone on the line above', `// stanch:allow\nkey = "${value}"`],
  ['ours in HTML, indented', `  <!-- stanch:allow shop-key -->\n  <key>${value}</key>`],
  ["gitleaks' on the line", `key = "${value}" // gitleaks:allow`],
  ["betterleaks' on the line", `key = "${value}" // betterleaks:allow`],
  ["trufflehog's on the line", `key = "${value}" # trufflehog:ignore`],
  ["kingfisher's on the line", `key = "${value}" # kingfisher:ignore`],
  ["detect-secrets' on the line", `key = "${value}"  # pragma: allowlist secret`],
  ["detect-secrets' older form", `key = "${value}"  # pragma: whitelist secret`],
  ["detect-secrets' on the line before", `# pragma: allowlist nextline secret\nkey = "${value}"`],
  ["ggshield's on the line", `key = "${value}" # ggignore`],
]

test.each(allowed)('%s allows', (_title, text) => {
  expect(isAllowed(text)).toBe(true)
})

const refused: [title: string, text: string][] = [
  ['no comment', `key = "${value}"`],
  ['ours for another rule', `key = "${value}" # stanch:allow npm-token`],
  ['ours on the line below', `key = "${value}"\n# stanch:allow`],
  ['ours two lines above', `# stanch:allow\n\nkey = "${value}"`],
  ['ours beside other text on the line above', `other = 1 # stanch:allow\nkey = "${value}"`],
  ['a longer word', `key = "${value}" # stanch:allowed`],
  ["gitleaks' on the line above", `# gitleaks:allow\nkey = "${value}"`],
]

test.each(refused)('%s does not', (_title, text) => {
  expect(isAllowed(text)).toBe(false)
})
