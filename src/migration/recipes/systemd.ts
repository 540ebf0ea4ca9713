import type { Recipe } from './recipe.ts'
import { runArguments } from './run-command.ts'

/** A unit; `KillMode=mixed` as `run` passes signals on itself. */
export const systemd: Recipe = facts => {
  const { app, type } = facts
  const identity = type === 'local' ? `Environment=STANCH_IDENTITY_FILE=/etc/${app}/identity.txt\n` : ''
  const run = runArguments(facts).map(argument => argument.replaceAll('%', '%%').replaceAll('$', '$$$$'))
  return {
    name: `${app}.service`,
    text: `[Unit]
Description=${app}
After=network-online.target
Wants=network-online.target

[Service]
Type=exec
User=${app}
WorkingDirectory=/opt/${app}
${identity}ExecStart=/usr/bin/node /opt/${app}/node_modules/stanch/dist/cli.js ${run.join(' ')} /usr/bin/node server.js
KillMode=mixed
Restart=on-failure

[Install]
WantedBy=multi-user.target
`,
  }
}
