# On a server: searches what is being pushed for secrets, before any ref moves.
stanch_refs=$(cat)
printf '%s\n' "$stanch_refs" | __STANCH__ pre-receive || exit $?
exec <<stanch_end
$stanch_refs
stanch_end
