# Searches what is about to be committed for secrets. Node is started directly; its extra certificates only cost time.
__STANCH__ pre-commit "$@" || exit $?
