import type { Content } from '../../model.ts'
import { isObject, parseJsonObject, textEntries, textList } from '../../oci/manifest.ts'

/** What names a weak secret besides its key, so that it is one finding in `Env` and in the instruction that set it. */
const PATH = 'Dockerfile'

/**
 * What an image's configuration holds, a content for each field (https://github.com/opencontainers/image-spec/blob/main/config.md,
 * with what Docker adds), and at last everything else that stands in it.
 * @throws InvalidManifest
 */
export function readConfigContents(bytes: Uint8Array, image: string): Content[] {
  const { config, container_config, history, ...rest } = parseJsonObject(bytes)
  return [
    ...readRunConfig(config, ''),
    // What the legacy builder started to make the last layer.
    ...readRunConfig(container_config, 'container_config.'),
    ...readHistoryFields(history),
    ...readRest('config', rest),
  ].map(({ field, text }) => ({
    bytes: Buffer.from(text),
    origin: { kind: 'image-config', image, field },
    path: PATH,
  }))
}

interface Field {
  field: string
  text: string
}

function readRunConfig(value: unknown, prefix: string): Field[] {
  if (!isObject(value)) return []
  const { Env, Labels, Cmd, Entrypoint, Healthcheck, OnBuild, Shell, ...rest } = value
  const test = isObject(Healthcheck) ? Healthcheck.Test : undefined
  const fields = [
    ...textList(Env).map(text => ({ field: `Env.${text.split('=', 1)[0]}`, text })),
    ...textEntries(Labels).map(([name, text]) => ({ field: `Labels.${name}`, text: `${name}=${text}` })),
    ...[
      { field: 'Cmd', words: Cmd },
      { field: 'Entrypoint', words: Entrypoint },
      { field: 'Healthcheck', words: test },
      { field: 'Shell', words: Shell },
    ].map(({ field, words }) => ({ field, text: joinWords(words) })),
    ...textList(OnBuild).map((text, i) => ({ field: `OnBuild[${i}]`, text })),
    ...readRest('config', rest),
  ]
  return fields
    .filter(({ text }) => text !== '')
    .map(({ field, text }) => ({ field: field === 'config' ? field : prefix + field, text }))
}

/** As a shell would be told. */
function joinWords(words: unknown): string {
  return typeof words === 'string' ? words : textList(words).join(' ')
}

function readHistoryFields(history: unknown): Field[] {
  if (!Array.isArray(history)) return []
  return history.flatMap((step, i) => {
    if (!isObject(step)) return []
    const { created, empty_layer, ...texts } = step
    const text = Object.values(texts).filter(value => typeof value === 'string')
    return text.length ? [{ field: `history[${i}]`, text: text.join('\n') }] : []
  })
}

function readRest(field: string, rest: Record<string, unknown>): Field[] {
  const { rootfs, ...others } = rest
  return Object.keys(others).length ? [{ field, text: JSON.stringify(others, null, 2) }] : []
}
