import type { HookType } from './hook-type.ts'

/** What a hook manager needs to know of a repository; all of it read before it decides anything. */
export interface HookProject {
  /** Root of the work tree, or the bare repository. */
  root: string
  /** Where git looks for hooks now. */
  hooksPath: string
  /** Where `core.hooksPath` is set, if it is: `local`, `global`, `system`… */
  hooksPathScope?: string
  /** Where git would look for hooks otherwise. */
  defaultHooksPath: string
  isBare: boolean
  /** `stanch` is a dependency that is installed in the project. */
  hasDependency: boolean
  /** The running program. */
  node: string
  /** Its file for hooks. */
  hook: string
  /** The text of a hook's script by its type, with `__STANCH__` for the program. */
  templates: Readonly<Record<HookType, string>>
  /** The text of a file, undefined where there is none. */
  read: (path: string) => string | undefined
  exists: (path: string) => boolean
}

/** A file as it is to be. */
export interface FileChange {
  path: string
  /** Undefined: to be removed. */
  text?: string
  executable?: boolean
  /** Moved here from another place, instead of a text. */
  movedFrom?: string
}

export interface HookManager {
  name: string
  /** Whether the repository uses it. */
  isUsed: (project: HookProject) => boolean
  /** The file that holds, or would hold, the hook. */
  fileOf: (project: HookProject, type: HookType) => string
  isInstalled: (project: HookProject, type: HookType) => boolean
  install: (project: HookProject, type: HookType) => FileChange[]
  uninstall: (project: HookProject, type: HookType) => FileChange[]
  /** What is still to be done by hand after an installation. */
  nextStep?: (project: HookProject, type: HookType) => string | undefined
}
