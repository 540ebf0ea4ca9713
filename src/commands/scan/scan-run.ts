import type { CoverageTally } from '../../coverage.ts'
import type { PlacedMatch } from '../../findings/collect-findings.ts'
import type { Kernel } from '../../kernel/types.ts'
import type { Content, SourceKind } from '../../model.ts'
import type { Context } from '../context.ts'
import type { LoadedSettings } from '../load-settings.ts'
import type { Project } from '../project.ts'
import type { Selection } from './content-scanner.ts'
import type { LoadedRules, RuleSelection } from './load-rules.ts'
import type { ScanOptions } from './options.ts'
import type { Progress } from './show-progress.ts'

/** What is to be scanned, and how. */
export type ScanRequest = Selection &
  RuleSelection &
  Pick<
    ScanOptions,
    | 'stdin'
    | 'stdinFilename'
    | 'staged'
    | 'history'
    | 'range'
    | 'since'
    | 'branch'
    | 'reachableOnly'
    | 'incremental'
    | 'patch'
    | 'archive'
    | 'image'
    | 'platform'
    | 'plainHttp'
    | 'caFile'
    | 'cache'
    | 'showSecrets'
    | 'ignore'
    | 'include'
    | 'exclude'
    | 'all'
    | 'maxFileSize'
    | 'maxArchiveDepth'
    | 'maxArchiveEntries'
    | 'maxArchiveSize'
    | 'maxArchiveRatio'
    | 'baseline'
    | 'ignoreFile'
    | 'failOn'
    | 'strict'
    | 'exitCode'
    | 'jobs'
  > & {
    paths: readonly string[]
    settings?: LoadedSettings
    /** What git has listed as staged already. */
    listing?: Buffer
    /** Where it is known already; else it is looked for around the current directory. */
    project?: Project
  }

export type ScanContext = Pick<Context, 'cwd' | 'env' | 'now' | 'stdin'> & {
  /** Is told what a person should know and a report does not say. */
  warn?: (note: string) => void
  /** Is told how far the scan is, where somebody looks. */
  progress?: Progress['show']
  /** Takes what is to be done once the report has reached whom it is for; at the scan's end where it is absent. */
  afterReport?: (act: () => void) => void
}

/** One run of a scan, as its source sees it. */
export interface ScanRun {
  request: ScanRequest
  context: ScanContext
  project: Project
  rules: LoadedRules
  /** What `kernel` runs; other threads can make one of it, too. */
  module: WebAssembly.Module | undefined
  kernel: Kernel
  coverage: CoverageTally
  scanContent: (content: Content) => PlacedMatch[]
  add: (matches: readonly PlacedMatch[]) => void
  afterReport: (act: () => void) => void
}

/** Reads a source's contents and has them searched; answers with what the report says about the source. */
export type SourceScan = (run: ScanRun) => Promise<{ kind: SourceKind; target: string }>
