import type { FeatureGroups } from './features.ts'
import { isAboutSecret } from './name-features.ts'

/**
 * A password as a generator makes it: long, of three kinds of characters or more, no word in it. The corpus that the
 * model was learned from holds few of them, so that it alone is too unsure.
 */
export function looksGenerated(name: string, value: string, [features]: FeatureGroups): boolean {
  return (
    value.length >= 10 &&
    value.length <= 64 &&
    features.kinds >= 3 &&
    features.digit > 0 &&
    features.longestWord <= 4 &&
    (features.kinds === 4 || /[^\w.-]/.test(value) || isRandomWord(value)) &&
    !forms.some(form => form.test(value)) &&
    !isAboutSecret(name)
  )
}

/** Long enough that letters of both cases and digits come in no other way. */
function isRandomWord(value: string): boolean {
  return value.length >= 16 && /^[A-Za-z0-9]+$/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value)
}

/** What has these characters, too. */
const forms = [
  /^[a-z][a-z0-9+.-]*:\/\//i,
  /^(?:\.{0,2}\/|[A-Za-z]:\\|~\/)|\.[a-z]{2,5}$|\/\w+\//i,
  /^[A-Za-z_$][\w$]*(?:(?:\.|->|::)[A-Za-z_$][\w$]*)+(?:\(.*)?$|^[\w$.]+\(|^[\w$.]+\[|^&|^\*\w|^new |^function\b|=>/,
  /^v?\d+(?:\.\d+)+/,
  /[()[\]{}<>\\\s]|[^\x20-\x7e]|=$/,
]
