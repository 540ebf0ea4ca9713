import type { Recipe } from './recipe.ts'
import { runArguments } from './run-command.ts'

const starting = /^(?:start|dev|serve|develop|server|worker)(?::[\w-]+)?$/
/** What a shell would take for itself before `run` starts. */
const shellSyntax = /[;&|<>$`()*?]|^\w+=/
/** Reading the file that is gone would stop the program. */
const fileReaders: readonly (readonly [RegExp, string])[] = [
  [/(?<=\s)--env-file(?:-if-exists)?[= ]\S+\s*/g, ''],
  [/^(?:npx\s+)?dotenv(?:\s+-[ec]\s+\S+)*\s+--\s+/, ''],
  [/^(?:npx\s+)?env-cmd(?:\s+-f\s+\S+)?\s+/, ''],
]

/** Scripts of package.json that start the program with its secrets. */
export const packageScript: Recipe = facts => {
  const run = ['stanch', ...runArguments(facts)].join(' ')
  const found = Object.entries(facts.scripts).filter(([name]) => starting.test(name))
  const scripts = found.length > 0 ? found : [['start', 'node server.js'] as const]
  const wrapped = scripts.flatMap(([name, script]) => wrap(name, script, run))
  return {
    name: 'package.md',
    text: `# package.json

Put this in the place of the scripts of the same names, and \`stanch\` into the dependencies (\`npm install stanch\`).

\`\`\`json
${JSON.stringify({ scripts: Object.fromEntries(wrapped) }, null, 2)}
\`\`\`

The program finds its variables in the environment: what loads the file (\`dotenv/config\` and the like) can go.
`,
  }
}

function wrap(name: string, script: string, run: string): [string, string][] {
  if (script.includes('stanch run')) return [[name, script]]
  const plain = fileReaders.reduce((text, [reader, none]) => text.replace(reader, none), script)
  if (!shellSyntax.test(plain)) return [[name, `${run} ${plain}`]]
  return [
    [name, `${run} npm run ${name}:plain`],
    [`${name}:plain`, plain],
  ]
}
