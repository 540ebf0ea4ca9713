import type { FeatureGroups } from './features.ts'

/**
 * A password as a generator makes it: long, of three kinds of characters or more, no word in it. The corpus that the
 * model was learned from holds few of them, so that it alone is too unsure.
 */
export function looksGenerated(value: string, [features, name]: FeatureGroups): boolean {
  return (
    !name.isAbout &&
    !name.isAct &&
    value.length >= 10 &&
    value.length <= 64 &&
    features.kinds >= 3 &&
    features.digit > 0 &&
    features.longestWord <= 4 &&
    (features.kinds === 4 || /[^\w.-]/.test(value)) &&
    isPlain(features)
  )
}

function isPlain(features: FeatureGroups[0]): boolean {
  const { blanks, isExpression, isPath, isUrl, isVersion, brackets, escapes, nonAscii, endsPadded } = features
  return !(
    blanks ||
    isExpression ||
    isPath ||
    isUrl ||
    isVersion ||
    brackets ||
    escapes ||
    nonAscii ||
    endsPadded
  )
}
