# Searches what is about to be committed for secrets. Git lists what is staged while Node starts.
{
  git diff-index --cached --raw -z --no-abbrev --no-renames --ignore-submodules=all --no-ext-diff --no-textconv \
    --no-relative -O/dev/null HEAD -- 2>/dev/null && printf 'that is all'
} | __STANCH__ pre-commit listed || exit $?
