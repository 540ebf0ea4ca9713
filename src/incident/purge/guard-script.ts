/**
 * A script that refuses pushes which bring the purged commits back: one clone that was not made anew is enough for that.
 * As a pre-receive hook it reads `old new ref` lines, as pre-push those of git push; `ci` looks at HEAD.
 */
export function guardScript(id: string, commits: readonly string[], until: string): string {
  return `#!/bin/sh
# Refuses history that was purged in incident ${id}. Keep it until ${until}.
# Server: hooks/pre-receive · clone: hooks/pre-push · CI: sh guard.sh ci (with the whole history fetched)
set -u
bad='${commits.join('\n')}'
nothing=$(git hash-object --stdin </dev/null | tr '0-9a-f' 0)
status=0

check() { # commit, name
  for commit in $bad; do
    git cat-file -e "$commit^{commit}" 2>/dev/null || continue
    if [ "$1" = "$commit" ] || git merge-base --is-ancestor "$commit" "$1" 2>/dev/null; then
      echo "refused: $2 brings back commit $commit, which was purged (incident ${id})." >&2
      echo "Your clone is from before the purge: clone anew, and move your own work over with git cherry-pick." >&2
      status=1
      return
    fi
  done
}

if [ "\${1-}" = ci ]; then
  check "$(git rev-parse HEAD)" HEAD
  exit $status
fi
# pre-receive gives: old id, new id, ref; pre-push: local ref, local id, remote ref, remote id.
while read -r _from new name _; do
  [ "$new" = "$nothing" ] || check "$(git rev-parse "$new^{commit}" 2>/dev/null || echo "$new")" "$name"
done
exit $status
`
}
