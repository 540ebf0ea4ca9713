import { stringify } from 'yaml'
import type { Recipe } from './recipe.ts'
import { runArguments } from './run-command.ts'

/**
 * An override file that hands variables of the caller's environment on to the services, by name only. What a service sets
 * itself goes before its `env_file`, so that stays. `!override` needs Compose ≥ 2.24.4.
 */
export const compose: Recipe = facts => {
  const { file, services } = facts.compose
  const some = services.length > 0 ? services : [{ name: facts.app, otherFiles: [], ownKeys: [] }]
  const command = ['stanch', ...runArguments(facts)].join(' ')
  const body = some.map(({ name, otherFiles, ownKeys }) => {
    const keys = facts.variables.flatMap(({ key }) => (ownKeys.includes(key) ? [] : [[key, null] as const]))
    const text = stringify({ [name]: { env_file: otherFiles, environment: Object.fromEntries(keys) } })
    return text
      .replace(/^( +)env_file:/m, '$1env_file: !override')
      .replace(/^/gm, '  ')
      .trimEnd()
  })
  return {
    name: 'compose.yaml',
    text: `# Values come from the environment of docker compose, and are in no file:
#   ${command} docker compose -f ${file} -f ${facts.directory}/compose.yaml up
services:
${body.join('\n')}
`,
  }
}
