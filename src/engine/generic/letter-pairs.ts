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

/** Mean surprise a letter, in nats, of lower-case words separated by blanks; 0 for a text without letters. */
export function letterSurprise(words: string): number {
  let sum = 0
  let letters = 0
  for (const word of words.split(' ')) {
    if (word === '') continue
    const padded = `\`${word}\``
    for (let i = 1; i < padded.length; i++) {
      sum += (pairs[padded.charCodeAt(i - 1) - 96]?.charCodeAt(padded.charCodeAt(i) - 96) ?? 97) - 97
    }
    letters += word.length + 1
  }
  return letters === 0 ? 0 : sum / 2 / letters
}
