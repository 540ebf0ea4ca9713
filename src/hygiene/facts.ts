import type { Classification } from '../model.ts'

/** What the rules know of a project: gathered by the command, judged here. Nothing in it is a value. */
export interface ProjectFacts {
  files: readonly EnvFile[]
  /** What a commit would take that the working copies do not show. */
  staged: readonly StagedFile[]
  /** Env files of other scanned projects, to find values in common. Their paths say where they are. */
  neighbours: readonly EnvFile[]
  machine: Machine
  /** Milliseconds since 1970, as all times here. */
  now: number
  /** Rotation period, in days, of secrets whose provider names none. */
  maxAgeDays: number
  isRepository: boolean
  /** All files of the project, `/` between folders. */
  paths: ReadonlySet<string>
  /** Files that say what happens to env files: Dockerfiles, ignore files, Compose, CI, manifests. */
  texts: ReadonlyMap<string, string>
  /** What Dockerfiles set with ENV and ARG. */
  dockerValues: readonly (Pick<KeyFact, 'name' | 'line' | 'classification' | 'digest'> & { path: string })[]
  /** Where keys are read, by name. */
  uses: ReadonlyMap<string, readonly Use[]>
  /** Whether all of the project was searched for uses, its submodules included. */
  searched: boolean
  /** Files that load env files, or name them. */
  loaders: readonly string[]
  /** When the project was last committed to. */
  lastCommit?: number
  /** Env files that a web server gave away when it was asked. */
  served: readonly ServedFile[]
  /** Values of env files seen elsewhere. */
  sightings: readonly Sighting[]
  history: readonly HistoricFile[]
  /** Absent where the history was not asked for. */
  historyReach?: HistoryReach
  home: readonly HomeFact[]
}

export const machines = ['developer', 'server', 'ci'] as const
export type Machine = (typeof machines)[number]

export interface KeyFact {
  name: string
  line: number
  classification: Classification
  /** HMAC of the value under a key of this run; the same for the same value, in all files. */
  digest: string
  /** When a certificate or token within the value ends. */
  ends?: number
  /** Since when the key is known to have this value. */
  firstSeen?: number
  /** Whether the value is a URL of a host that is called production's. */
  isOfProduction?: boolean
  /** Whether its file says that it is for a developer's machine. */
  isForDevelopment?: boolean
  /** Whether its file, or another with the same value, gives its own site an address that others reach. */
  isDeployed?: boolean
  /** Whether it is a token whose own end has come. */
  hasEnded?: boolean
  /** Whether a file for production has the same value. */
  isInProduction?: boolean
  /** Whether a template of the project has the same value. */
  isDocumented?: boolean
  /** Whether git gives the value to everybody on purpose: it stands in code as well, or Compose gives it to ready images. */
  isDefault?: boolean
  /** How many things say that everybody who has the project has the value by design. */
  publicity?: number
  /** How often the provider wants it replaced. */
  rotationDays?: number
}

/**
 * `template` by its name; `encrypted` when its secrets are sealed; `plain` otherwise.
 */
export type EnvKind = 'plain' | 'template' | 'encrypted'

/** A version of an env file that is in git's index and not in the working copy. */
export type StagedFile = Pick<EnvFile, 'path' | 'kind' | 'stage' | 'keys'>

export interface EnvFile {
  path: string
  kind: EnvKind
  stage: string
  keys: readonly KeyFact[]
  /** Names in comments: `# TOKEN=`. */
  commented: readonly string[]
  /** Names that its values refer to: `${HOST}:${PORT}`. */
  mentioned: readonly string[]
  /** Whether it is a shell's code, in which a variable may be set as often as it is needed. */
  isScript?: boolean
  /** Whether its remarks say that it holds defaults, not what is in use. */
  saysDefaults?: boolean
  tracked: boolean
  /** `private`: only by this person's or this clone's own rules. */
  ignored: 'repository' | 'private' | 'no'
  /** The `!` rule that takes the file back in. */
  negation?: { path: string; line: number; pattern: string }
  /** Of the last change. */
  modified: number
  /** POSIX permissions; absent where there are none. */
  mode?: number
  /** Whether others can reach the folder. */
  isReachable: boolean
  /** Of a symbolic link: where it leads, and whether that is outside the project. */
  link?: { target: string; leaves: boolean }
  /** Names of the same file, itself included. */
  hardLinks: number
  isCopy: boolean
  /** The template that it is a mere copy of: what both name has the same values. */
  copyOf?: string
}

/** `sure`: read as a variable of the environment; `likely`: the very name; `possible`: a name made of it. */
export interface Use {
  path: string
  line: number
  confidence: 'sure' | 'likely' | 'possible'
}

/** A value of an env file at another place. */
export interface Sighting {
  kind:
    | 'bundle'
    | 'archive'
    | 'image'
    | 'vault'
    | 'stash'
    | 'submodule'
    | 'worktree'
    | 'transcript'
    | 'shell-history'
    | 'code'
    | 'page'
    | 'dump'
  path: string
  line?: number
  /** Of the key that holds it; of a whole file (an archive's) each key is a sighting. */
  key: string
  digest: string
}

/** What a web server answered with: an env file's own secrets. */
export interface ServedFile {
  path: string
  url: string
  /** Keys whose values were in the answer. */
  keys: readonly string[]
}

/** An env file that once was committed. */
export interface HistoricFile {
  path: string
  commit: string
  /** ISO 8601. */
  date: string
  /** Whether an ignore rule names the path by now, as people see to after a mishap. */
  isIgnored?: boolean
  keys: readonly Pick<
    KeyFact,
    'name' | 'classification' | 'digest' | 'isForDevelopment' | 'isDeployed' | 'publicity'
  >[]
}

/** How much of the history was looked through. */
export interface HistoryReach {
  /** Commits that were compared with their parents, the newest ones. */
  commits: number
  /** When the oldest of them was made, ISO 8601, where there are older ones that were not compared. */
  since?: string
  /** Commits that could not be compared, because this partial clone lacks their folders. */
  lacking: number
  /** Versions of env files that were not read: too many, too large, or not in this clone. */
  unread: number
}

/** What was found outside the project, with `--home`. */
export interface HomeFact {
  rule: 'editor-history' | 'shell-history' | 'ai-agent'
  path: string
  line?: number
  key?: string
  message: string
  fix: string
}
