import type { HookType } from './hook-type.ts'
import { quickStart } from './quick-start.ts'

/** How a hook finds us. */
export type Launcher =
  /** In a hook of one clone: by the paths from which it was installed. */
  | { kind: 'installed'; node: string; hook: string }
  /** In a file that a team shares: as a dependency of the project, else on PATH. */
  | { kind: 'shared' }

const SHARED_HOOK = 'node_modules/stanch/dist/hook.cjs'

/** A Node that does not know one of the options ends with 9, before it has read anything. */
const startQuickly = [
  '  if [ -f "$stanch_hook" ]; then',
  `    NODE_EXTRA_CA_CERTS= "$stanch_node" ${quickStart.join(' ')} "$stanch_hook" "$@" || {`,
  '      stanch_code=$?',
  '      [ $stanch_code -eq 9 ] || return $stanch_code',
  '      NODE_EXTRA_CA_CERTS= "$stanch_node" "$stanch_hook" "$@"',
  '    }',
]

const startPlainly = [
  '  if [ -f "$stanch_hook" ]; then NODE_EXTRA_CA_CERTS= "$stanch_node" "$stanch_hook" "$@"',
]

/** Lines of shell that define `stanch_run`, then the hook's own lines that call it. */
export function writeHookLines(type: HookType, template: string, launcher: Launcher): string {
  const [node, hook] = launcher.kind === 'installed' ? [launcher.node, launcher.hook] : ['node', SHARED_HOOK]
  return [
    'stanch_run() {',
    `  stanch_node=${quote(node)} stanch_hook=${quote(hook)}`,
    '  command -v "$stanch_node" >/dev/null 2>&1 || stanch_node=node',
    ...(type === 'pre-commit' ? startQuickly : startPlainly),
    '  elif command -v stanch >/dev/null 2>&1; then NODE_EXTRA_CA_CERTS= stanch hook run "$@"',
    `  else echo "stanch is not installed, so nothing was searched for secrets. Install it, or skip this ${type} hook once with --no-verify." >&2; return 1`,
    '  fi',
    '}',
    template.trimEnd().replaceAll('__STANCH__', 'stanch_run'),
  ].join('\n')
}

/** One command for the configuration of a hook manager. */
export function writeHookCommand(type: HookType, hasDependency: boolean): string {
  return hasDependency ? `env NODE_EXTRA_CA_CERTS= node ${SHARED_HOOK} ${type}` : `stanch hook run ${type}`
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
