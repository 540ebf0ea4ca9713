import type { Recipe, RecipeFacts } from './recipe.ts'
import { runArguments, STANCH_IN_IMAGE } from './run-command.ts'

/**
 * A task definition. ECS itself hands parameters over by name, but cannot put one into a text; where a variable wants that,
 * and for other stores, the container starts with `run`, under the role of the task.
 */
export const ecs: Recipe = facts => {
  const { app } = facts
  const isPlain =
    facts.type === 'ssm' && facts.variables.every(({ parts }) => isWhole(parts) || isText(parts))
  const container = { name: app, image: `${app}:1`, essential: true }
  const definition = {
    family: app,
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    executionRoleArn: `arn:aws:iam::ACCOUNT:role/${app}-execution`,
    taskRoleArn: `arn:aws:iam::ACCOUNT:role/${app}-task`,
    containerDefinitions: [{ ...container, ...(isPlain ? byName(facts) : byRun(facts)) }],
  }
  return { name: 'ecs-task-definition.json', text: `${JSON.stringify(definition, null, 2)}\n` }
}

type Parts = RecipeFacts['variables'][number]['parts']
const isText = (parts: Parts) => parts.every(part => 'text' in part)
const isWhole = (parts: Parts) => parts.length === 1 && !isText(parts)

function byName({ variables, addressOf }: RecipeFacts) {
  return {
    environment: variables.flatMap(({ key, parts }) =>
      isText(parts)
        ? [{ name: key, value: parts.map(part => ('text' in part ? part.text : '')).join('') }]
        : [],
    ),
    secrets: variables.flatMap(({ key, parts: [part] }) =>
      part && 'entry' in part ? [{ name: key, valueFrom: addressOf(part.entry) }] : [],
    ),
  }
}

function byRun(facts: RecipeFacts) {
  return {
    entryPoint: [...STANCH_IN_IMAGE, ...runArguments(facts)],
    command: ['node', 'server.js'],
    ...(facts.settings.region && { environment: [{ name: 'AWS_REGION', value: facts.settings.region }] }),
  }
}
