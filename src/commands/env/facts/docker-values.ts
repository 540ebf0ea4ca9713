import { isDockerfile, readVariables } from '../../../hygiene/dockerfile.ts'
import type { ProjectFacts } from '../../../hygiene/facts.ts'
import { isOfImage } from '../../../hygiene/image-files.ts'
import type { EnvReader } from './env-text.ts'

/** What Dockerfiles set with ENV and ARG in the stages that images are made of, judged as if it stood in an env file. */
export function readDockerValues(
  texts: ReadonlyMap<string, string>,
  reader: EnvReader,
): ProjectFacts['dockerValues'] {
  return [...texts].flatMap(([path, text]) => {
    const variables = isDockerfile(path)
      ? readVariables(text).filter(({ line }) => isOfImage(text, line))
      : []
    const lines = variables.map(({ name, value }) => `${name}=${quote(value)}`)
    const { keys } = reader.read(Buffer.from(lines.join('\n')))
    return keys.map(key => ({ ...key, path, line: variables[key.line - 1]?.line ?? 1 }))
  })
}

/** A line a variable: what would need quotes of both kinds, or several lines, is no secret that Docker was told. */
function quote(value: string): string {
  const line = value.replace(/[\r\n]+/g, ' ')
  if (!/[\s#'"]/.test(line)) return line
  return line.includes("'") ? `"${line.replaceAll('"', '')}"` : `'${line}'`
}
