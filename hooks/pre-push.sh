# Searches what is about to be pushed for secrets. What git says on standard input is handed on to what follows.
stanch_refs=$(cat)
printf '%s\n' "$stanch_refs" | __STANCH__ pre-push "$@" || exit $?
exec <<stanch_end
$stanch_refs
stanch_end
