import { UserError } from '../errors.ts'

export interface Platform {
  os: string
  architecture: string
  variant?: string
}

/** `linux/amd64`, `linux/arm/v7`. @throws UserError */
export function parsePlatform(text: string): Platform {
  const [, os, architecture, variant] = /^([\w.-]+)\/([\w.-]+)(?:\/([\w.-]+))?$/.exec(text) ?? []
  if (!os || !architecture)
    throw new UserError(
      `"${text}" is no platform`,
      'Write OS/ARCHITECTURE[/VARIANT], as in linux/arm64, or all.',
    )
  return { os, architecture, ...(variant ? { variant } : {}) }
}

export function printPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, ...(variant ? [variant] : [])].join('/')
}

/** Whether an image is for a platform; who asks for no variant takes any. */
export function isForPlatform(has: Platform | undefined, wanted: Platform): boolean {
  if (!has || has.os !== wanted.os || has.architecture !== wanted.architecture) return false
  return wanted.variant === undefined || variantOf(has) === wanted.variant
}

function variantOf({ architecture, variant }: Platform): string | undefined {
  return variant ?? (architecture === 'arm64' ? 'v8' : undefined)
}

/** Go's names of what Node says. */
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' }

/** What would run on this machine; containers are nearly always Linux. */
export function platformOfHost(arch: string): Platform {
  return { os: 'linux', architecture: architectures[arch] ?? arch }
}
