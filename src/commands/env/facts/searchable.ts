import { isEnvName } from '../../../hygiene/file-names.ts'

/** Pages for people name keys without reading them; locks and pictures name nothing. */
const unread =
  /\.(?:md|mdx|rst|adoc|txt|log|lock|lockb|map|svg|png|jpe?g|gif|webp|avif|ico|icns|bmp|tiff?|woff2?|ttf|otf|eot|mp[34]|m4a|mov|avi|webm|ogg|wav|flac|pdf|zip|gz|tgz|bz2|xz|zst|7z|rar|tar|jar|war|class|so|dylib|dll|exe|o|a|wasm|pyc|db|sqlite3?|parquet|npy|onnx|pt|bin|dat|snap|patch|diff|po|mo|csv|tsv|psd|ai|sketch|fig)$/i
const lists =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|\.gitignore|\.dockerignore|\.npmignore|LICENSE|CHANGELOG|\.git-blame-ignore-revs)$/i

export function isSearchable(path: string): boolean {
  return !unread.test(path) && !lists.test(path) && !isEnvName(path.slice(path.lastIndexOf('/') + 1))
}

/** Code that a build made for browsers. */
export function isBundle(path: string): boolean {
  return /(?:^|\/)(?:dist|build|out|public|\.next|\.nuxt|\.output|_site|www|storybook-static)\/.*\.(?:m?js|cjs|css|map|html)$/i.test(
    path,
  )
}
