/**
 * What a shell runs when somebody presses Tab. Each hands the words so far to `stanch complete`, which answers with
 * lines `word<TAB>description`, and offers files where there are none. No word is ever evaluated.
 */
export const scripts = {
  bash: `_stanch() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(stanch complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o bashdefault -o default -F _stanch stanch
`,
  fish: `complete -c stanch -a '(set -l words (commandline -opc) (commandline -ct); stanch complete -- $words[2..] 2>/dev/null)'
`,
  powershell: `Register-ArgumentCompleter -Native -CommandName stanch -ScriptBlock {
  param($word, $line, $position)
  $words = @($line.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { "$_" })
  stanch complete -- @words $word 2>$null | ForEach-Object {
    $name, $description = $_ -split "\`t", 2
    [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', $description)
  }
}
`,
  zsh: `#compdef stanch
_stanch() {
  local -a found
  found=("\${(@f)$(stanch complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$found" ]]; then
    found=("\${(@)found/$'\\t'/:}")
    _describe stanch found
  else
    _files
  fi
}
compdef _stanch stanch
`,
} satisfies Record<string, string>

export type Shell = keyof typeof scripts
