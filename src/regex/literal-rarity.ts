/**
 * How rare a lower-cased literal is in source text, in bits: at about one place in 2^bits. A rough model, good
 * for ranking the literals of one pattern: letters by frequency, with the words of config and code as one symbol.
 */
export function estimateRarity(literal: string): number {
  const known = rarities.get(literal)
  if (known !== undefined) return known
  let bits = 0
  for (let at = 0; at < literal.length; ) {
    const length = commonLength(literal, at)
    bits += length > 0 ? wordBits : characterBits(literal.charAt(at), literal.charAt(at - 1))
    at += length || 1
  }
  rarities.set(literal, bits)
  return bits
}

/** Patterns are looked at from many sides. */
const rarities = new Map<string, number>()

const wordBits = 11

/** The shortest part of a word that is as common as the word: `asswor` says no more than `password`. */
const shortestPart = 3

/** Characters from `at` on that are a common word, or the part of one that the literal's ends cut off; 0 when none. */
function commonLength(literal: string, at: number): number {
  const candidates = (at === 0 ? wordEndings : words).get(literal.slice(at, at + shortestPart)) ?? []
  let longest = 0
  for (const word of candidates) {
    const rest = literal.slice(at, at + word.length)
    const isPart = rest === word || (at + rest.length === literal.length && word.startsWith(rest))
    if (isPart) longest = Math.max(longest, rest.length)
  }
  return longest
}

/** The commonest words of some source trees, and what stands in most addresses. */
const commonWords = (
  'https:// http:// ://www. .com .org .net ' +
  'access account action active add address after all allow and any api app append application are args argument array ' +
  'assert async attack attribute author authorization auto await backup base basic bearer before begin bin block body ' +
  'bool boolean bot bucket buffer build byte cache call callback case cast category cert change char check class client ' +
  'cloud cmd code collection column com command comment compare component config connection console const content context ' +
  'controller copy copyright core count create credential current data database date debug default define delete deploy ' +
  'description dest dict directive display div does each else email empty end entry env equal err error even event example ' +
  'except exception exists expect export expression extra fact fail false family feature field file filename filter final ' +
  'find first flush foo for force form format found from func function generate get git github global google group handle ' +
  'has hash have header hello help host how href html identifier ignore image import include index info init input install ' +
  'instance int integer internal into invalid item iter job join json just key kind label last left length less let level ' +
  'library license like limit line link list load loc local log login machine make map match max memory merge message meta ' +
  'method might mock mode model module more msg must name namespace need net network new next nil node none not now null ' +
  'number obj object one only open opt option order origin other out output override package page param parameter parent ' +
  'parse pass password path phrase platform plugin port post prefix price private process prod product production program ' +
  'project provider public pull push put query raise range raw read record ref register remote remove render replace req ' +
  'request require res reset resource response result return right role root router run safe same schema scope script ' +
  'search secret security see select self server service session set setting should show size slice solve some source sql ' +
  'stage start stat state static status std storage store str stream strict string strong struct super support system tab ' +
  'table tag target task team template test text than that the then there this through time title tmp token tool topic ' +
  'transaction transform true try txt type undefined union unique unit update url use user using util val validate value ' +
  'var vector verify version view void was web what when where which while will window with without word work write www ' +
  'you your'
).split(' ')

/** By their first characters: the words, and what remains of them without their beginning. */
const words = indexBeginnings(commonWords)
const wordEndings = indexBeginnings(
  commonWords.flatMap(word => Array.from({ length: word.length }, (_, from) => word.slice(from))),
)

function indexBeginnings(texts: readonly string[]): Map<string, string[]> {
  const index = new Map<string, string[]>()
  for (const text of new Set(texts)) {
    if (text.length < shortestPart) continue
    const beginning = text.slice(0, shortestPart)
    const known = index.get(beginning)
    if (known) known.push(text)
    else index.set(beginning, [text])
  }
  return index
}

function characterBits(character: string, previous: string): number {
  if (character === previous) return 1.5
  if ('etaoinsrl'.includes(character)) return 4
  if ('dcumpfghby'.includes(character)) return 5.3
  if (/[a-z]/.test(character)) return 7
  if (/[0-9]/.test(character)) return 6.5
  if (/[ \n]/.test(character)) return 3
  if ('_-.:/="\'(),;'.includes(character)) return 5.5
  return 8
}
