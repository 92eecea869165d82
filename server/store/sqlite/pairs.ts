/**
 * Text as pairs of neighbouring characters, so that the full-text index finds any part of it, however short.
 *
 * SQLite's own trigrams find nothing shorter than three characters, and most Chinese words are of two.
 * A token is two code points in hex; a text's last character stands in a token of its own, so that it can be
 * found alone. Phrases of tokens are then exactly the substrings.
 * Must not: fold or split (`search.ts` does).
 */
const hex = (character: string): string => (character.codePointAt(0) ?? 0).toString(16).padStart(6, '0')

/** The tokens of a text, for the index. */
export function pairs(text: string): string {
  const codes = Array.from(text, hex)
  return codes.map((code, at) => code + (codes[at + 1] ?? '')).join(' ')
}

/** The FTS5 query that finds all of the words, each anywhere in the text. */
export const pairsQuery = (words: readonly string[]): string => words.map(phrase).join(' AND ')

/** One character is found as the beginning of a pair; more as a run of pairs. */
function phrase(word: string): string {
  const codes = Array.from(word, hex)
  const run = codes.slice(0, -1).map((code, at) => code + codes[at + 1])
  return run.length === 0 ? `"${codes.join('')}" *` : `"${run.join(' ')}"`
}
