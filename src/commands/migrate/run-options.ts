import { isDangerousName } from '../../launch/dangerous-names.ts'
import { templateName } from '../find-template.ts'

/** What `stanch run` needs besides the stage to give a program these variables. */
export function runOptions(stage: string, template: string, keys: readonly string[]): string[] {
  const dangerous = keys.filter(isDangerousName)
  return [
    ...(template === templateName(stage) ? [] : ['--template', template]),
    ...(dangerous.length === 0 ? [] : ['--allow-dangerous', dangerous.join(',')]),
  ]
}
