/** Compiled rules: plain data that the build writes and the engine runs. Imports nothing of ours but the model's types. */
import type { Severity } from './model.ts'

/** A literal that a regex rule is searched around. Reaches are in bytes, `null` where the pattern has no bound. */
export interface RuleAnchor {
  literal: number
  /** Most and fewest bytes from the lead's start to the literal. */
  before: number | null
  leastBefore: number
  /** Most bytes of a match after the literal. */
  after: number | null
  /** The bytes that follow the literal, in the form of `RegexShape.lead`. */
  tail: number[]
  /** A byte that stands somewhere behind the literal in every match. */
  mark?: number
}

/** What tells cheaply, before a regex runs, where it can match. */
export interface RegexShape {
  /** The first bytes of every match: a class and how often it occurs in a row, then the next class and so on. */
  lead: number[]
  /** Class of one byte that a match may take before the lead; where it does not, the lead starts the text. */
  guard?: number
  /** The match starts with a word character, and none stands before it. */
  startsWord: boolean
  /** It starts a line. */
  startsLine: boolean
  /** Class of all bytes that a match can hold. */
  members: number
  /** Fewest bytes of a match. */
  least: number
}

/** Runs a JavaScript regex (source without flags, over Latin-1) around its anchors; without anchors over the whole text. */
export interface RegexMatcher {
  kind: 'regex'
  source: string
  /** A backtracking engine could take forever: it runs on one whose time is linear, and slow. */
  isLinear?: true
  shape: RegexShape
  anchors: RuleAnchor[]
  /** Literals one of which must occur somewhere in the text: how rule files of others gate a rule without anchors. */
  gate: number[]
  /** What finds a part of every match in lines out of their context; absent where the matcher itself does. */
  inLines?: LineMatchers
}

/** Each line is looked at with the one before it. */
export interface LineMatchers {
  /** Takes the matcher's place. */
  whole?: RegexMatcher
  /** Of a match that may go over several lines one of these finds a line. Their first group tells where a find ends. */
  parts?: RegexMatcher[]
}

/** What values without a known form are taken for. */
export type JudgedKind = 'password' | 'token'

/** `name operator value`, decided byte by byte. */
export interface AssignmentMatcher {
  kind: 'assignment'
  /** Literals of which one must be part of the name. */
  names: number[]
  /** Those of them that count only at the end of a word. */
  ends?: number[]
  /** Normalised words of which one must also be in the name; none means no such demand. */
  with: string[]
  /** 256 flags as a string of hex: which bytes the value may hold. */
  alphabet: string
  min: number
  max: number
  prefix: string
  /** The statistical judge that decides about values without a known form. */
  judge?: JudgedKind
  /** A value is also taken without an operator, where `with` or any word for a credential stands between it and the name. */
  beside?: 'with' | 'credential'
}

/** gitleaks' allowlist: drops a match when its conditions hold. */
export interface Allowlist {
  all: boolean
  /** One of its patterns could take a backtracking engine forever: they run on one whose time is linear, and slow. */
  isLinear?: true
  paths: string[]
  commits: string[]
  regexes: string[]
  target: 'secret' | 'match' | 'line'
  stopwords: string[]
}

/** A neighbour that must be found too. */
export interface RequiredNeighbour {
  rule: string
  withinLines?: number
  withinColumns?: number
}

export interface CompiledRule {
  id: string
  provider: string
  description: string
  severity: Severity
  confidence: number
  specificity: number
  /** Absent for a rule that only looks at the path. */
  matcher?: RegexMatcher | AssignmentMatcher
  /** Regex source on the path. */
  path?: string
  /** As `Allowlist.isLinear`. */
  isPathLinear?: true
  secretGroup?: number
  /** Shannon bits a character: at or below it the match is dropped. */
  entropy?: number
  checksum?: string
  /** Starts with a fixed literal, so that it is worth searching in binary content. */
  fixedPrefix: boolean
  /** A helper for others' `required`: never reported itself. */
  hidden: boolean
  required: RequiredNeighbour[]
  allowlists: Allowlist[]
  /** Another tool's rule: what it matches is a finding, without our judgement of placeholders. */
  isExact?: true
}

export interface Program {
  version: 1
  /** SHA-256 over all that decides what is found; caches and watermarks are bound to it. */
  hash: string
  rules: CompiledRule[]
  /** Lower-cased literals; their position is the id that the automaton reports. */
  literals: string[]
  /** Sets of bytes, each as 256 bits in hex, lowest byte first. */
  classes: string[]
  /** Names of issuers all of whose secrets have a form that some rule knows, see exhaustive-issuers.ts. */
  exhaustive?: string[]
  /** For pieces of texts of which nobody knows what file they are of. */
  ofPieces?: true
  /** And these are lines out of many texts: what stands behind one there may have nothing to do with it. */
  ofLines?: true
  /** What all rules together come to, where the build has worked it out. */
  prepared?: PreparedRules
}

/** Who has to do with which literal, so that no rule need be looked at before one of its literals is found. */
export interface PreparedRules {
  /** Literal → bytes. */
  lengths: Int32Array
  /** Literal → the escape that it begins, see `rolesOfEscapes`. */
  escapes: Int8Array
  /** `Program.classes` side by side, 32 bytes each. */
  sets: Uint8Array
  regexRoles: PackedLists
  assignmentRoles: PackedLists
  gates: PackedLists
  /** Rules without an anchor. */
  unanchored: number[]
  /** Rules that look at nothing but the path. */
  pathOnly: number[]
  /** Ids that other rules ask for. */
  needed: string[]
}

/** A list of numbers for each literal, all in one: that of `literal` is `items[starts[literal] .. starts[literal + 1])`. */
export interface PackedLists {
  starts: Int32Array
  items: Int32Array
}
