/** What the line around a value and the path of its file tell. */

export interface Surroundings {
  path: string
  /** What stands on the line before the name, and after the value. */
  before: string
  after: string
  operator: string
  /** The byte that quotes the value, 0 for a bare one. */
  quote: number
  isCode: boolean
}

const operators = ['=', ':', '>', ',', '(', ' ', '?', '']
const kindsOfFile: readonly RegExp[] = [
  /(?:^|\/)\.env(?:\.|$)|\.env$/,
  /\.(?:ya?ml)$/,
  /\.(?:json|jsonc|json5|har)$/,
  /\.(?:toml|ini|cfg|conf|config|properties|cnf|plist|example|dist|template)$/,
  /\.(?:md|mdx|rst|adoc|txt|html?)$/,
  /\.(?:xml|xaml|csproj|resx)$/,
  /\.(?:sh|bash|zsh|ps1|bat|cmd|fish)$|(?:^|\/)(?:Dockerfile|Makefile)/,
  /\.(?:tf|tfvars|hcl|bicep)$/,
  /\.(?:sql|csv|tsv|log)$/,
  /\.(?:lock|sum|map|snap)$|(?:^|\/)(?:package-lock|yarn)/,
]
const extensions =
  'py js ts java go rb php cs c h cpp rs kt swift scala pl lua ex hs m groovy jsx tsx vue'.split(' ')

/** Numbers that describe where a value stands, by name. */
export function contextFeatures({ path, before, after, operator }: Surroundings) {
  return {
    operator: operators.indexOf(operator.replace('spaced', '')),
    ...pathFeatures(path),
    beforeLength: before.length,
    inCall: Number(/\w\s*\($|\w\(/.test(before)),
    afterLength: after.length,
    afterIsEnd: Number(/^["'`\\]*\s*[,;)}\]]*\s*$/.test(after)),
    afterIsBlankWord: Number(/^\s+\w/.test(after)),
  }
}

let lastPath: string | undefined
let lastFeatures: ReturnType<typeof readPath>

/** Those that the path tells. A file's candidates come one after the other. */
export function pathFeatures(path: string): ReturnType<typeof readPath> {
  if (path !== lastPath) lastFeatures = readPath(path)
  lastPath = path
  return lastFeatures
}

function readPath(path: string) {
  const lower = path.toLowerCase()
  return {
    kindOfFile: kindsOfFile.findIndex(kind => kind.test(lower)),
    extension: extensions.indexOf(lower.slice(lower.lastIndexOf('.') + 1)),
    inVendor: Number(
      /(?:^|\/)(?:vendor|node_modules|third[_-]party|dist|min|locales?|i18n|lang|translations?)(?:\/|$)|\.min\./.test(
        lower,
      ),
    ),
    isTranslation: Number(
      /(?:^|[/_.-])(?:locales?|i18n|l10n|lang(?:uage)?s?|translations?|messages|strings)(?:[/_.-]|$)/.test(
        lower,
      ),
    ),
    inConfig: Number(
      /(?:^|[/_.-])(?:conf|config|settings?|env|deploy|docker|prod|production|secrets?)(?:[/_.-]|$)/.test(
        lower,
      ),
    ),
  }
}
