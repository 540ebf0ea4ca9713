/**
 * What git is asked for what is staged, whole texts included (parse-staged-diff.ts reads it); settings of the user must not
 * change the form. `hooks/pre-commit.sh` asks the same, so that git works while Node starts.
 */
export const showStaged: readonly string[] = [
  ...['diff-index', '--cached', '--patch-with-raw', '-z', '--no-abbrev', '--full-index', '--find-renames'],
  ...['--unified=1000000000', '--inter-hunk-context=0', '--text', '--ignore-cr-at-eol'],
  ...[
    '--ignore-submodules=all',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-relative',
    '-O/dev/null',
  ],
  ...['HEAD', '--'],
]

/** Follows what git shows when git was content. */
export const allShown = 'that is all'
