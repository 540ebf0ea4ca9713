/** What the operator and the path of the file tell. */

export interface Surroundings {
  path: string
  /** What joins name and value, see `AssignmentText`; words between them are told by `spaced` before it. */
  operator: string
}

const operators = ['=', ':', '>', ',', '(', ' ', '?', '']
const extensions =
  'py js ts java go rb php cs c h cpp rs kt swift scala pl lua ex hs m groovy jsx tsx vue'.split(' ')

/** Numbers that describe where a value stands, by name. */
export function contextFeatures({ path, operator }: Surroundings) {
  return {
    operator: operators.indexOf(operator.replace('spaced', '')),
    ...pathFeatures(path),
  }
}

interface KindOfPath {
  path: string
  features: ReturnType<typeof readPath>
  kind: string
  isManual: boolean
}

let last: KindOfPath | undefined

/** Those that the path tells. */
export function pathFeatures(path: string): ReturnType<typeof readPath> {
  return kindOf(path).features
}

/** The same as a text: paths that tell the same have the same. */
export function kindOfPath(path: string): string {
  return kindOf(path).kind
}

/** Whether it is what a system or a package publishes about itself: examples stand there. */
export function isInManual(path: string): boolean {
  return kindOf(path).isManual
}

/** Folders of the Filesystem Hierarchy Standard 3.0, 4.11. */
const manual = /(?:^|[/!])usr\/(?:local\/)?share\/(?:doc|man|info)\//

/** What packages of Node and Python say of themselves, and test themselves with. */
const ofPackage =
  /(?:^|\/)(?:node_modules|site-packages)\/(?:.*\/)?(?:(?:__)?tests?(?:__)?\/|[^/]*[._](?:test|spec)\.\w+$|tests?\.[cm]?[jt]s$|test_[^/]*\.py$|readme[^/]*$)/i

/** Few paths are worth the two above. */
const mayBeManual = /usr\/|node_modules\/|site-packages\//

/** A file's candidates come one after the other. */
function kindOf(path: string): KindOfPath {
  if (last?.path === path) return last
  const features = readPath(path)
  const isManual = mayBeManual.test(path) && (manual.test(path) || ofPackage.test(path))
  last = { path, features, kind: `${Object.values(features).join()},${isManual}`, isManual }
  return last
}

function readPath(path: string) {
  const lower = path.toLowerCase()
  const words = lower.split(/[/_.-]/)
  return {
    extension: extensions.indexOf(lower.slice(lower.lastIndexOf('.') + 1)),
    inVendor: Number(lower.includes('.min.') || lower.split('/').some(folder => vendors.has(folder))),
    isTranslation: Number(words.some(word => translations.has(word))),
    inConfig: Number(words.some(word => configs.has(word))),
  }
}

const vendors = new Set(
  'vendor node_modules third_party third-party dist min locale locales i18n lang translation translations'.split(
    ' ',
  ),
)
const translations = new Set(
  'locale locales i18n l10n lang langs language languages translation translations messages strings'.split(
    ' ',
  ),
)
const configs = new Set(
  'conf config setting settings env deploy docker prod production secret secrets'.split(' '),
)
