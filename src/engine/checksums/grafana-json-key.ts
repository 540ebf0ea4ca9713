import { isMadeUp } from '../placeholders.ts'

/**
 * A Grafana API key of before 9.1 is base64 of `{"k": random characters, "n": its name, "id": its organisation}`.
 * https://github.com/grafana/grafana/blob/v9.0.0/pkg/components/apikeygen/apikeygen.go
 */
export function checkGrafanaJsonKey(secret: string): 'valid' | 'invalid' | 'unknown' {
  const text = Buffer.from(secret, 'base64').toString('latin1')
  const random = /^\{"k":"([^"]{1,100})","n":"[^"]{0,200}","id":\d{1,19}\}$/.exec(text)?.[1]
  if (random === undefined) return 'unknown'
  return isMadeUp(random) ? 'invalid' : 'valid'
}
