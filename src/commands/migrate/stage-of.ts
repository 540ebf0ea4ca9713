import { basename } from 'node:path'

/** `.env.production`, `production.env`; undefined for plain `.env`. */
export function stageOf(file: string): string | undefined {
  const name = basename(file)
  const stage = /^\.env\.([\w-]+)$/.exec(name)?.[1] ?? /^([\w-]+)\.env$/.exec(name)?.[1]
  return stage === undefined ? undefined : (short[stage] ?? stage)
}

const short: Readonly<Record<string, string>> = { dev: 'development', prod: 'production', stage: 'staging' }
