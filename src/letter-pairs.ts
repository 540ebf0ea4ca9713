/**
 * How surprising a text's letters are to a reader of source code, by pairs of letters: words of a language come to about
 * 2 nats a letter, random letters to 4 and more. The table was counted by bench/quality/letter-pairs.ts over the words
 * of rails, rocksdb, ansible and juice-shop: a row is the first letter (` is a word's border), a column the second;
 * `a` is no surprise, each further letter half a nat more.
 */
const pairs = [
  'zfhfgggihgkkhghhgmfffhiholn',
  'imgfgokhogpjegfshsefeiillin',
  'fekjkelmpghodlmelphgkeonqhp',
  'gepioemqfhsfgmodmohkehqqrkt',
  'cginidnnpfoqinmgoskhnhmonks',
  'dhlgfjiknlpohifmijefgnjkhkp',
  'fenmlfgnndsqholemofjhgqqqis',
  'chqlpdnigfrrijhiisghkglpomp',
  'ddpondqrpfrpmkmeoshkgjrqslr',
  'khifhhhhsprlfgdfimhffphskti',
  'gfjikdlnkikkjlhdinlflellonm',
  'cimnjdmjpfpnjohklqmekhmjpmq',
  'efkmhdknnerofppfjtlghgkmsgs',
  'fehnmdomqfrnjhjfesqhlhqqrlr',
  'dgogffienhnkjmjglonfeiiqskr',
  'hjiggkkjpinjggdhgsehgfhhmmk',
  'fepnjenmlhsnfmofgreifgqpshv',
  'glnkmmmoomonfmionmlknannpoo',
  'efmiidlipfsjkihfluhgghjlqhu',
  'ciqikemnhgqkkmlhhmmfegplrjs',
  'dfqjkdloferqklngktfgihqlmiq',
  'jhghhfjirgspegemfuefeorsmrq',
  'gdonpbomqeqqomogoromonlpqoq',
  'demolfnpedqplogforfhonphorq',
  'dgnflfkolempmjkmepomdnopjjo',
  'bjkloioopgqqiihhfrhghnplpom',
  'gfnnmbmnlgmokmmhnonkllonmjj',
]

const LETTERS = 26
/** Half nats, by first and second letter as numbers from 1; 0 is a word's border. */
export const surprises = Uint8Array.from(pairs.join(''), letter => letter.charCodeAt(0) - 97)

/** What words come to at most: about 2 as a rule, and of 20,000 random texts of 30 letters none to less than 3.4. */
export const SURPRISE_OF_WORDS = 3.2

/**
 * Mean surprise a letter and word's end, in nats, of a text's words; what is no letter of ASCII parts words, case does not
 * count. 0 for a text without letters.
 * @param text UTF-16 codes or bytes
 */
export function letterSurprise(text: string | Uint8Array, from = 0, to = text.length): number {
  let sum = 0
  let steps = 0
  let before = 0
  for (let at = from; at <= to; at++) {
    const letter = at === to ? 0 : letterOf(typeof text === 'string' ? text.charCodeAt(at) : text[at]!)
    if (letter === 0 && before === 0) continue
    sum += surprises[before * (LETTERS + 1) + letter]!
    steps++
    before = letter
  }
  return steps === 0 ? 0 : sum / 2 / steps
}

/** 1 for `a` or `A`, 0 for what is no letter. */
function letterOf(code: number): number {
  const number = (code | 0x20) - 96
  return code < 128 && number >= 1 && number <= LETTERS ? number : 0
}
