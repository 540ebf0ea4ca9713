import type { HookType } from './hook-type.ts'

/** How a hook finds us. */
export type Launcher =
  /** In a hook of one clone: by the paths from which it was installed. */
  | { kind: 'installed'; node: string; cli: string }
  /** In a file that a team shares: as a dependency of the project, else on PATH. */
  | { kind: 'shared' }

const SHARED_CLI = 'node_modules/stanch/dist/cli.js'

/** Lines of shell that define `stanch_run`, then the hook's own lines that call it. */
export function writeHookLines(type: HookType, template: string, launcher: Launcher): string {
  const [node, cli] = launcher.kind === 'installed' ? [launcher.node, launcher.cli] : ['node', SHARED_CLI]
  return [
    'stanch_run() {',
    `  stanch_node=${quote(node)} stanch_cli=${quote(cli)}`,
    '  command -v "$stanch_node" >/dev/null 2>&1 || stanch_node=node',
    '  if [ -f "$stanch_cli" ]; then NODE_EXTRA_CA_CERTS= "$stanch_node" "$stanch_cli" "$@"',
    '  elif command -v stanch >/dev/null 2>&1; then NODE_EXTRA_CA_CERTS= stanch "$@"',
    `  else echo "stanch is not installed, so nothing was searched for secrets. Install it, or skip this ${type} hook once with --no-verify." >&2; return 1`,
    '  fi',
    '}',
    template.trimEnd().replaceAll('__STANCH__', 'stanch_run'),
  ].join('\n')
}

/** One command for the configuration of a hook manager. */
export function writeHookCommand(type: HookType, hasDependency: boolean): string {
  const stanch = hasDependency ? `env NODE_EXTRA_CA_CERTS= node ${SHARED_CLI}` : 'stanch'
  return `${stanch} hook run ${type}`
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
