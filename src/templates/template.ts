import type { Part, Reference } from './parse-value.ts'

/** One variable of a template. Lines count from 1. */
export interface Assignment {
  key: string
  line: number
  parts: readonly Part[]
  /** Neither references nor escapes: the value is what stands there. */
  isPlain: boolean
}

/** What a template holds, with what is wrong in it. */
export interface Template {
  assignments: readonly Assignment[]
  problems: readonly Problem[]
}

/** Never holds a value. */
export interface Problem {
  line: number
  message: string
}

export function referencesOf({ parts }: Assignment): Reference[] {
  return parts.filter(part => part.kind === 'reference')
}

/** Equal for references to the same version of the same entry. */
export function identify({ vault, path, version = '' }: Reference): string {
  return `${vault}:${path}@${version}`
}
