import { stringify } from 'yaml'
import type { Recipe } from './recipe.ts'
import { runArguments } from './run-command.ts'

/**
 * An override file that hands variables of the caller's environment on to the services, by name only.
 * `!reset` needs Compose ≥ 2.24.
 */
export const compose: Recipe = facts => {
  const environment = Object.fromEntries(facts.variables.map(({ key }) => [key, null]))
  const services = facts.services.length > 0 ? facts.services : [facts.app]
  const command = ['stanch', ...runArguments(facts)].join(' ')
  const body = stringify({ services: Object.fromEntries(services.map(name => [name, { environment }])) })
  return {
    name: 'compose.yaml',
    text: `# Values come from the environment of docker compose, and are in no file:
#   ${command} docker compose -f compose.yaml -f stanch-recipes/compose.yaml up
${body.replaceAll(/^( {4})environment:/gm, '$1env_file: !reset []\n$1environment:')}`,
  }
}
