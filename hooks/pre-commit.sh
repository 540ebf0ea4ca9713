# Searches what is about to be committed for secrets. Git shows what is staged, whole, while Node starts.
{
  GIT_DIFF_OPTS= git diff-index --cached --patch-with-raw -z --no-abbrev --full-index --find-renames --unified=1000000000 \
    --inter-hunk-context=0 --text --ignore-cr-at-eol --ignore-submodules=all --no-color --no-ext-diff --no-textconv --no-relative -O/dev/null \
    HEAD -- 2>/dev/null && printf 'that is all'
} | __STANCH__ pre-commit shown || exit $?
